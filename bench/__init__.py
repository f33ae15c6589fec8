"""The bench: what a hop costs, side by side with others on the same machine, over the real wire.

What comes in: candidates to drive (the installation itself, and others by which to judge it), the
driver, and how their figures are told. What may not: anything the product imports, a server that
is not of this machine, a figure without its machine and commit, a process that is ended by its
name.
"""
