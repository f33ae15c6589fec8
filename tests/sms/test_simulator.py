"""The simulator takes everything, tells it once, and forgets nothing that it took."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from sms.gateway import Account
from sms.gateways.simulator import Simulator
from sms.message import OutgoingSms, Status

HELLO = OutgoingSms("m1", "+6281200000001", "Halo Siti")


def test_its_reports_are_handed_out_once() -> None:
    line = Simulator(Account())
    line.send([HELLO])
    (report,) = line.poll()
    assert (report.gateway_id, report.status) == ("sim-m1", Status.DELIVERED)
    assert line.poll() == []


def test_what_it_took_is_on_the_disk_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    log = tmp_path / "taken.jsonl"
    Simulator(Account(log=log)).send([HELLO])
    assert json.loads(log.read_text("utf-8")) == {
        "id": "m1",
        "to": HELLO.to,
        "text": "Halo Siti",
        "sender": None,
    }
    assert log.stat().st_mode & 0o777 == 0o600


def test_threads_do_not_cut_each_others_lines(tmp_path: Path) -> None:
    line = Simulator(Account(log=tmp_path / "taken.jsonl"))
    many = [threading.Thread(target=lambda: line.send([HELLO] * 20)) for _ in range(8)]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    lines = (tmp_path / "taken.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(text)["id"] for text in lines] == ["m1"] * 160
    assert len(line.poll()) == 160


def test_nobody_posts_to_it() -> None:
    line = Simulator(Account())
    assert line.delivery_report({"id": "1", "status": "Success"}) is None
    assert line.incoming({"id": "1", "from": "+62", "text": ""}) is None
    assert line.opt_out({"phoneNumber": "+62"}) is None
