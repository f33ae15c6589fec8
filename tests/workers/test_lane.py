"""A lane's worker, as a process: woken, stopped, and alive when Redis comes and goes."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import insert

from runtime.embedded.servers import VALKEY, serve
from runtime.wiring import House
from services.alerts import matching
from sms.message import Lane
from storage import alert_rounds
from storage.tables import alerts
from tests.services.alerts.people import Job, Person, enters, offers
from tests.services.alerts.people import number as number_of
from tests.support.post_office import PostOffice, number
from tests.support.processes import until
from tests.support.worker_process import worker
from workers.queues import Nudge
from workers.run import match


def test_an_sms_leaves_within_a_second_of_its_nudge(
    post: PostOffice, tmp_path: Path, postgres_url: str, valkey_url: str
) -> None:
    nudge = Nudge(valkey_url)
    with worker("urgent", tmp_path, postgres_url, valkey_url) as urgent:
        urgent.start()
        post.writes()
        nudge(Lane.URGENT)
        until(lambda: post.status() == "delivered")
        post.writes("ready", number(2))
        begun = time.monotonic()
        nudge(Lane.URGENT)
        until(lambda: post.statuses() == {"delivered": 2})
        assert time.monotonic() - begun < 1
        assert urgent.stops() == 0
    assert number(1) not in urgent.said()


def test_a_worker_goes_on_after_redis_was_away_and_forgot_everything(
    post: PostOffice, tmp_path: Path, postgres_url: str
) -> None:
    home = tmp_path / "own"
    home.mkdir(mode=0o700)
    with serve(home, frozenset({VALKEY}), durable=False) as ours:
        redis_url = ours.redis_url
    with worker("urgent", tmp_path, postgres_url, redis_url) as urgent:
        urgent.start()
        urgent.has_said("redis_away")
        for round_ in range(2):
            with serve(home, frozenset({VALKEY}), durable=False):
                post.writes("booked", number(round_))
                until(lambda: Nudge(redis_url).ask(Lane.URGENT) or post.statuses())
                until(lambda wanted=round_ + 1: post.statuses() == {"delivered": wanted})  # type: ignore[misc]  # a default binds the round
        assert urgent.lives()
        assert urgent.stops() == 0


def test_a_worker_that_is_told_to_stop_ends_its_wave_first(
    post: PostOffice, tmp_path: Path, postgres_url: str, valkey_url: str
) -> None:
    for person in range(200):
        post.writes("booked", number(person), name=_name(person))
    with worker("urgent", tmp_path, postgres_url, valkey_url) as urgent:
        urgent.start()
        Nudge(valkey_url)(Lane.URGENT)
        until(lambda: "delivered" in post.statuses())
        assert urgent.stops() == 0
    assert not {"sending", "unknown"} & post.statuses().keys()


def test_a_vacancy_that_another_matches_just_now_holds_up_no_sms(house: House) -> None:
    with house.database.begin() as conn:
        person = enters(conn, house.vault, Person(pace="now"), house.clock())
        vacancy = offers(conn, Job(), house.clock())
        matching.published(conn, vacancy, house.clock())
    to = house.vault.index("phone", number_of(1))
    told = {"vacancy_id": vacancy, "phone_index": to, "request_id": person, "office": "32.10"}
    with house.database.begin() as conn:
        conn.execute(insert(alerts).values(**told, created_at=house.clock()))
        match(house)
    match(house)
    with house.database.begin() as conn:
        assert alert_rounds.oldest(conn, ()) is None


def _name(person: int) -> str:
    return f"Siti {chr(65 + person // 20)}{chr(65 + person % 20)}"
