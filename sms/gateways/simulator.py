"""The simulator: a line that takes everything, and delivers it at once.

It carries the demo and the tests. Nothing leaves the machine; what it took can be read in the
messages themselves (the browser phone does) or in a log that survives a kill.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from sms.gateway import Accepted, Account, DeliveryReport, Form, IncomingSms, Line, OptOut, Result
from sms.message import OutgoingSms, Status

__all__ = ["Simulator"]


class Simulator:
    """Accepts each message and keeps a `delivered` report for whoever polls next."""

    name = "simulator"

    def __init__(self, account: Account) -> None:
        """Its `log` gets one line of JSON per message, on the disk before the answer is given."""
        self.line = Line(
            can_receive=True, sender="DISNAKER", receipts=True, batch=100, ussd=account.service_code
        )
        self._log = account.log
        self._lock = threading.Lock()
        self._reports: list[DeliveryReport] = []

    def send(self, batch: Sequence[OutgoingSms]) -> Sequence[Result]:
        """Take all of them; ids are the rows' own, so a message keeps its id when it is retold."""
        with self._lock:
            if self._log:
                _write(self._log, batch)
            self._reports += [
                DeliveryReport(f"sim-{sms.id}", Status.DELIVERED, "delivered", phone=sms.to)
                for sms in batch
            ]
        return [Accepted(f"sim-{sms.id}", cost="0") for sms in batch]

    def poll(self) -> Sequence[DeliveryReport]:
        """Hand out the reports since the last time, once."""
        with self._lock:
            waiting, self._reports = self._reports, []
        return waiting

    def delivery_report(self, form: Form) -> DeliveryReport | None:
        """None: nobody posts to a simulator; it is polled."""

    def incoming(self, form: Form) -> IncomingSms | None:
        """None, for the same reason."""

    def opt_out(self, form: Form) -> OptOut | None:
        """None, for the same reason."""


def _write(path: Path, batch: Sequence[OutgoingSms]) -> None:
    """Append and reach the disk; O_APPEND keeps lines of several processes whole."""
    lines = "".join(
        json.dumps({"id": sms.id, "to": sms.to, "text": sms.text, "sender": sms.sender}) + "\n"
        for sms in batch
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, lines.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
