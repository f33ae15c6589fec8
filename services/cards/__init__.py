"""The life of a card request: booked by a call, moved at the counter and by the clock.

Every move goes through the one table of `domain.card`, writes its audit row and queues its SMS in
the same transaction. Who calls and what the desk shows stay outside.
"""
