"""The menus: flows, words, the engine that steps through them and the linter that proves them.

Pure: a function of what it is given. Only ``loader`` and ``catalog`` open files (the flows and
the translations that lie in this package), and nothing here knows a clock, a network, a database,
a web framework or the SMS room next door. May import ``domain`` only.
"""
