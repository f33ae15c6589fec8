"""When a phone number may be somebody else's: networks give numbers that fell silent to others.

Half a year without any sign: no call, no SMS from it, none that reached it. Whoever holds it then
is told no name and nothing about anybody, until code and birth date prove who he is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

SILENT_AFTER: Final = timedelta(days=184)
"""Six months at their longest, so that who reports on the first day of a window is still known."""
