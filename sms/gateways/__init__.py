"""The gateways: one visible table, one module each, nothing registered by import.

A gateway module is tables and little else, 200 lines at most. To add one, write the module, add
its line to `GATEWAYS` (and to `FORMS` when it posts to us) and its cases to the shared case tables
of the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sms.gateway import Account, Forms, Gateway
from sms.gateways.africastalking import AfricasTalking, AfricasTalkingForms
from sms.gateways.simulator import Simulator

__all__ = ["FORMS", "GATEWAYS", "Account"]


GATEWAYS: Mapping[str, Callable[[Account], Gateway]] = MappingProxyType(
    {"africastalking": AfricasTalking, "simulator": Simulator},
)
"""Name -> builder; the name is the value of KUNING_GATEWAY."""

FORMS: Mapping[str, Forms] = MappingProxyType({"africastalking": AfricasTalkingForms()})
"""Gateways that post to us -> who reads it; the name stands in the webhook's address."""
