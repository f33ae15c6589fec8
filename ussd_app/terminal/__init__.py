"""The terminal phone: a handset for developers and officers, over ssh, on anything that has lines.

What comes in: a line to somebody who answers (`line`), lines that are typed (`keys`), paper to show
on (`paper`). What may not: settings, servers and rules; it knows of the service what a telephone
knows of it. `kuning dial` calls the service with it, `kuning menus play` a pretended office.
"""
