"""Where the outside world enters: settings, clock, wiring, logs, servers, supervisor.

The only floor that reads the environment or the clock. No use case lives here and no
web framework may come in: it builds the house and hands it to the workers and the web.
"""
