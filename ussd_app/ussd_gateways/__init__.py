"""The wires of USSD gateways: each reads its form into a turn and writes a screen as its reply.

A module of tables and two functions; nothing else knows its words. What a turn means, who may call
and what is answered may not come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ussd_app.ussd_gateways import africastalking
from ussd_app.ussd_gateways.wire import Wire

WIRES: Final[Mapping[str, Wire]] = MappingProxyType({"africastalking": africastalking.WIRE})
