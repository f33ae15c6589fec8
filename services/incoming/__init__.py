"""SMS that come in: kept once, answered by a rule or by an officer.

In here: who it may be, what each keyword is answered with, what officers do with the rest. What
may not come in: the wire of a gateway (`sms.gateways`), the words of an answer (`sms.templates`),
and rules of cards.
"""

from services.incoming.hearing import Hearing

__all__ = ["Hearing"]
