"""SMS: messages and their states, gateways and their wires, templates and keywords.

Pure but for the wire of a gateway. May import `domain` only; no database, no Redis, no Flask, no
clock, and nothing of `menus`.
"""
