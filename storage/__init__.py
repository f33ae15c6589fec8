"""PostgreSQL tables, sealed columns and queries by noun; what lives in Redis for a session.

Each query is a function that takes a `Connection` first and never commits: the services own the
transactions. SQL belongs here and nowhere else. What may not come in: rules of the domain, words
for people, the clock, the environment.
"""
