"""Any steps, taken back or not, by chance: places, holders, numbers and messages always agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

from sqlalchemy import select

from domain.card import LIVE
from services.cards import counter
from services.cards.outcomes import Undone
from storage.officers import Officer
from storage.tables import card_requests, cards, messages
from tests.services.cards.test_undoing import THURSDAY, numbers, takes_back
from tests.services.cards.town import BUDI, SITI, Town

STEPS = (
    (counter.came, ()),
    (counter.incomplete, ("ktp",)),
    (counter.to_sign, ()),
    (counter.ready, ()),
    (counter.issue, ()),
    (counter.rebook, (THURSDAY, "10:00")),
    (counter.refuse, ("wrong_nik",)),
    (counter.withdraw, ()),
    (counter.keep, ()),
    (counter.employed, ()),
)
SEED = 20261122


def agree(town: Town) -> None:
    """Hold the tables against each other."""
    with town.database.begin() as conn:
        rows = conn.execute(select(card_requests)).all()
        issued = set(conn.scalars(select(cards.c.request_id)))
        queued = conn.execute(
            select(messages.c.request_id, messages.c.template).where(messages.c.status == "queued")
        ).all()
    assert town.taken() == sum(row.holds_slot for row in rows)
    holders = Counter(r.nik_index for r in rows if r.state in LIVE and r.contested_with is None)
    assert set(holders.values()) <= {1}
    live = {row.id for row in rows if row.state in LIVE}
    assert {row.contested_with for row in rows if row.id in live} - live <= {None}
    out, last = numbers(town)
    assert out == [f"3210221126{n:06}" for n in range(1, sum(last) + 1)]
    ever = {row.id for row in rows if row.issued_at is not None}
    assert issued == ever
    states = {row.id: row.state for row in rows}
    for request, template in queued:
        if template in {"incomplete", "ready", "refused"}:
            assert states[request] == template


def lives(town: Town, chance: Random, steps: int) -> Counter[str]:
    """Do things by chance, and count what came of them."""
    rina, done = town.hires(), Counter[str]()
    people: list[str] = []
    for _ in range(steps):
        town.after(seconds=chance.choice((0.5, 2, 4)))
        if not people or chance.random() < 0.12:
            _dials(town, chance, people)
        _steps(town, rina, chance, people, done.update)
        agree(town)
    return done


def _dials(town: Town, chance: Random, people: list[str]) -> None:
    line = town.dials(len(people) + 1)
    answered = line.registers(nik=chance.choice((SITI, BUDI)))
    if answered.outcome in {"booked", "moved"}:
        people.append(answered.facts["request"])


def _steps(
    town: Town,
    rina: Officer,
    chance: Random,
    people: list[str],
    count: Callable[[list[str]], None],
) -> None:
    who = chance.choice(people)
    step, args = chance.choice(STEPS)
    before = town.request(who)
    if not isinstance(town.does(step, who, *args, by=rina), counter.Moved):
        return
    if chance.random() < 0.2:  # somebody calls in between
        _dials(town, chance, people)
    if chance.random() < 0.6:
        outcome = takes_back(town, who, rina)
        count([type(outcome).__name__])
        if isinstance(outcome, Undone):
            now = town.request(who)
            assert (now.state, now.day, now.hour, now.holds_slot) == (
                before.state,
                before.day,
                before.hour,
                before.holds_slot,
            )


def test_whatever_is_done_and_undone_everything_agrees(
    town: Town, scale: Callable[[int], int]
) -> None:
    town.office(hours=("08:00", "10:00"), hour_quota=2, daily_quota=4)
    done = lives(town, Random(SEED), max(80, scale(3000)))
    assert done["Undone"] > 5
