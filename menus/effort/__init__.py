"""What the menus ask of a caller: keys, seconds, and how many get through.

Pure: readers are numbers with their sources, tasks are answers by state, and both walk the real
book with the real engine against a made-up office. May import the rest of ``menus`` and
``domain``; chance is a seeded generator that the caller of this room hands in.
"""
