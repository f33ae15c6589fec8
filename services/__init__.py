"""Use cases: what callers, officers and the clock do, each inside one transaction.

In here: the handlers of the calls that flows name, the moves of officers, the dialogue's shell,
delivery, sign-in, the desk's read models.  Only this room decides where a transaction begins and
ends.  What may not come in: the environment and the clock (``now`` is an argument), Flask, the
wire of a gateway, words for a screen or an SMS (they are named, and said one floor down).
"""
