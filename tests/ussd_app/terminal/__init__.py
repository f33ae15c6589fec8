"""The terminal phone without a terminal: its keys, its line, what it makes of each line typed."""
