"""From a row in the outbox to a message in a hand, and back from a report to the row.

Claims, requests, results, sweeps and what officers and the browser phone see of them. What a
message says and when it is due belongs to the use case that added it.
"""

from services.delivery.sending import Delivery

__all__ = ["Delivery"]
