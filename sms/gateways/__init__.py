"""The gateways: one visible table, one module each, nothing registered by import.

A gateway module is tables and little else, 200 lines at most. To add one, write the module, add
its line to `GATEWAYS` (and to `FORMS` when it posts to us) and its cases to the shared case tables
of the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sms.gateway import Forms, Gateway
from sms.gateways.africastalking import AfricasTalking, AfricasTalkingForms
from sms.gateways.simulator import Simulator

__all__ = ["FORMS", "GATEWAYS", "Account"]


@dataclass(frozen=True, slots=True)
class Account:
    """What an office holds with a gateway; each gateway takes what it needs of it.

    `service_code` is the USSD code of the same line, "" for none; `base_url` None is the
    gateway's own address; `log` is where the simulator writes.
    """

    username: str = ""
    api_key: str = field(default="", repr=False)
    sender: str | None = None
    service_code: str = ""
    base_url: str | None = None
    log: Path | None = None


def _africastalking(account: Account) -> Gateway:
    return AfricasTalking(
        account.username,
        account.api_key,
        sender=account.sender,
        service_code=account.service_code,
        base=account.base_url,
    )


def _simulator(account: Account) -> Gateway:
    return Simulator(account.service_code, account.log)


GATEWAYS: Mapping[str, Callable[[Account], Gateway]] = MappingProxyType(
    {"africastalking": _africastalking, "simulator": _simulator},
)
"""Name -> builder; the name is the value of KUNING_GATEWAY."""

FORMS: Mapping[str, Forms] = MappingProxyType({"africastalking": AfricasTalkingForms()})
"""Gateways that post to us -> who reads it; the name stands in the webhook's address."""
