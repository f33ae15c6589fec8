"""One person's page: masked, with its story and the one next action; a full NIK leaves a trace."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from domain.card import LIVE, MOVES, State
from services import desk
from services.desk import Action, Choice, choice
from storage import audit
from storage.vault import Vault
from tests.support.applicants import NOW, SITI, enters
from tests.support.staff import DEWI, SARI

# Where each action leads; `keep` leads nowhere by itself.
LEADS = {
    Action.CAME: State.CAME,
    Action.INCOMPLETE: State.INCOMPLETE,
    Action.REFUSE: State.REFUSED,
    Action.TO_SIGN: State.SIGNING,
    Action.READY: State.READY,
    Action.ISSUE: State.ISSUED,
    Action.REBOOK: State.BOOKED,
    Action.WITHDRAW: State.WITHDRAWN,
    Action.REPORT: State.REPORTED,
    Action.EMPLOYED: State.EMPLOYED,
}


def test_the_page_shows_a_person_masked(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault, phone="+6281212345678")
    page = desk.person(conn, vault, SARI, siti, NOW)
    assert page is not None
    assert (page.nik, page.phone) == ("3210********0001", "+6281*****5678")
    assert (page.call_name, page.home, page.born) == ("Siti", "Jatiwangi", date(1998, 8, 15))
    assert (page.office.papers, page.choice.first) == ("ktp,diploma,photo2", Action.CAME)
    assert SITI not in repr(page)
    assert "81212345678" not in repr(page)


def test_a_lost_key_hides_the_numbers_and_shows_the_person(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault, phone="+6281212345678")
    other = Vault({"t2": b"3" * 32}, "t2", b"2" * 32)
    page = desk.person(conn, other, SARI, siti, NOW)
    assert page is not None
    assert (page.nik, page.phone, page.call_name) == ("*" * 16, None, "Siti")


def test_a_person_without_a_phone_has_none(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault, phone_sealed=None, phone_index=None, phone_last4=None)
    page = desk.person(conn, vault, SARI, siti, NOW)
    assert page is not None
    assert page.phone is None


def test_two_requests_for_one_nik_show_each_other(conn: Connection, vault: Vault) -> None:
    held = enters(conn, vault)
    rival = enters(conn, vault, contested_with=held, state=State.REQUESTED)
    for one, other in ((held, rival), (rival, held)):
        page = desk.person(conn, vault, SARI, one, NOW)
        assert page is not None
        assert [row.request_id for row in page.rivals] == [other]
        assert page.contested == (one == rival)
        assert Action.KEEP in page.choice.others


def test_a_rival_in_another_office_is_told_of_but_not_shown(conn: Connection, vault: Vault) -> None:
    held = enters(conn, vault, office="33.74", call_name="Rahasia")
    rival = enters(conn, vault, contested_with=held, state=State.REQUESTED)
    page = desk.person(conn, vault, SARI, rival, NOW)
    assert page is not None
    assert (page.rivals, page.rivals_elsewhere) == ((), ("Disnaker Semarang",))
    assert "Rahasia" not in repr(page)


def test_the_page_of_another_office_or_of_nobody_does_not_exist(
    conn: Connection, vault: Vault
) -> None:
    siti = enters(conn, vault)
    assert desk.person(conn, vault, DEWI, siti, NOW) is None
    for nobody in (str(uuid4()), "", "1", "siti", "' or 1=1"):
        assert desk.person(conn, vault, SARI, nobody, NOW) is None


@pytest.mark.parametrize(
    ("what", "shown"), [(desk.Secret.NIK, SITI), (desk.Secret.PHONE, "+6281200000001")]
)
def test_a_full_number_is_shown_for_a_reason_and_written_down(
    conn: Connection, vault: Vault, what: desk.Secret, shown: str
) -> None:
    siti = enters(conn, vault)
    reason = desk.Reason.COMPARE_KTP
    assert desk.reveal(conn, vault, SARI, siti, what=what, reason=reason, now=NOW) == shown
    (entry,) = audit.of_request(conn, siti)
    assert (entry.action, entry.officer) == (f"{what}_shown", "Sari")
    assert entry.details == {"reason": "compare_ktp"}


def test_what_cannot_be_shown_leaves_no_trace(conn: Connection, vault: Vault) -> None:
    siti = enters(conn, vault, phone_sealed=None, phone_index=None, phone_last4=None)
    lost = Vault({"t2": b"3" * 32}, "t2", b"2" * 32)
    for keys, what in ((vault, desk.Secret.PHONE), (lost, desk.Secret.NIK)):
        reason = desk.Reason.RING
        assert desk.reveal(conn, keys, SARI, siti, what=what, reason=reason, now=NOW) is None
    assert audit.of_request(conn, siti) == []


def test_a_full_nik_is_never_shown_to_another_office_and_that_leaves_nothing(
    conn: Connection, vault: Vault
) -> None:
    siti = enters(conn, vault)
    reason = desk.Reason.COMPLAINT
    for what in desk.Secret:
        assert desk.reveal(conn, vault, DEWI, siti, what=what, reason=reason, now=NOW) is None
    assert audit.of_request(conn, siti) == []


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("rivals", [False, True])
def test_every_action_offered_is_a_move_of_the_table(state: State, *, rivals: bool) -> None:
    offered = choice(state, rivals=rivals)
    for action in {offered.first, *offered.others} - {None, Action.KEEP}:
        assert action is not None
        assert LEADS[action] in MOVES[state] or action is Action.REBOOK
    assert (offered == Choice(None)) == (state not in LIVE)


def test_no_card_is_made_while_somebody_else_wants_the_same_nik() -> None:
    for state in (State.CAME, State.SIGNING, State.READY):
        offered = choice(state, rivals=True)
        assert offered.first is Action.KEEP
        assert not {Action.ISSUE, Action.TO_SIGN, Action.READY} & set(offered.others)
