"""The shared cases, for every gateway that is registered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import pytest

from sms.gateway import OptOut
from sms.gateways import FORMS, GATEWAYS, Account
from sms.message import OutgoingSms
from tests.sms.gateway_cases import (
    INCOMING,
    MAKERS,
    OPT_OUTS,
    OUTGOING,
    REPORTS,
    TEXT,
    IncomingCase,
    OutgoingCase,
    ReportCase,
)
from tests.support.fake_gateway import KEY, fake_gateway

ROOM = Path(__file__).parents[2] / "sms" / "gateways"


@pytest.mark.parametrize("case", OUTGOING, ids=str)
def test_what_a_line_answers_becomes_one_result_a_message(
    case: OutgoingCase, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    batch = [OutgoingSms(f"m{n}", to, TEXT) for n, to in enumerate(case.to)]
    with fake_gateway(tmp_path / "taken", [case.behaviour]) as fake:
        results = MAKERS[case.gateway](fake.url, tmp_path / "simulated").send(batch)
    assert list(results) == list(case.results)
    assert len(fake.requests) == case.requests
    for request in fake.requests:
        assert request["path"] == "/version1/messaging"
        wanted = {name.rstrip("_"): value for name, value in case.form.items()}
        assert wanted.items() <= request["form"].items()
    told = " ".join([*caplog.messages, repr(results)])
    assert not [secret for secret in (KEY, TEXT, *case.to) if secret in told]


@pytest.mark.parametrize("case", REPORTS, ids=str)
def test_a_delivery_report_is_read(case: ReportCase) -> None:
    assert FORMS[case.gateway].delivery_report(case.form) == case.report


@pytest.mark.parametrize("case", INCOMING, ids=str)
def test_an_sms_that_comes_in_is_read(case: IncomingCase) -> None:
    assert FORMS[case.gateway].incoming(case.form) == case.sms


@pytest.mark.parametrize(
    ("gateway", "form", "told"),
    [(name, form, told) for name, cases in OPT_OUTS.items() for form, told in cases],
)
def test_an_opt_out_is_read(gateway: str, form: Mapping[str, str], told: OptOut | None) -> None:
    assert FORMS[gateway].opt_out(form) == told


def test_every_gateway_has_its_cases() -> None:
    assert {case.gateway for case in OUTGOING} == GATEWAYS.keys()
    posting = {case.gateway for case in REPORTS} & {case.gateway for case in INCOMING}
    assert posting & OPT_OUTS.keys() == FORMS.keys()
    assert FORMS.keys() <= GATEWAYS.keys()


@pytest.mark.parametrize("name", GATEWAYS)
def test_a_gateway_goes_by_the_name_it_is_registered_under(name: str, tmp_path: Path) -> None:
    gateway = MAKERS[name]("http://127.0.0.1:9", tmp_path / "log")
    assert gateway.name == name
    assert gateway.line.batch <= 100
    assert gateway.line.ussd == "*123#"
    assert all(gateway.name == name for name, gateway in FORMS.items())


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_a_gateway_is_a_small_module(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 200


def test_an_account_does_not_show_its_key() -> None:
    assert KEY not in repr(Account("sandbox", KEY))
