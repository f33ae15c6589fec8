"""The bench runs from end to end, small; how fast anything was is not asked here."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from bench import candidates, parts, people, walks
from bench.__main__ import run
from bench.sizes import SMALL, WHOLE
from domain import nik
from tests.architecture.repository import read

_WORD = re.compile(r"""require\('([^']+)'\)""")


def test_every_part_runs_small_and_every_caller_sees_his_own_screens(tmp_path: Path) -> None:
    report = run(SMALL)
    text = report.write(tmp_path).read_text("utf-8")
    plain = json.loads(next(tmp_path.glob("*.json")).read_text("utf-8"))
    measured = [
        *(one for rounds in report.compared.values() for one in rounds),
        *(one for rounds in report.live.values() for one in rounds),
        *report.registrations,
        report.crowd,
    ]
    assert all(one.hops and not one.wrong and not one.errors for one in measured), text
    assert {name for name, _ in report.compared} == {"kuning", *SMALL.candidates}
    assert report.memory["web"] > 0
    assert plain["machine"]["commit"] in text


def test_no_two_callers_share_what_tells_them_apart() -> None:
    some = list(people.people(30_000, 7))
    for what in ("phone", "other", "nik", "name"):
        assert len({getattr(one, what) for one in some}) == len(some)
    assert all(nik.check(one.nik) == one.nik for one in some)


def test_replies_are_looked_through_for_what_is_the_callers_own() -> None:
    for walk in (walks.small(), walks.hops(), walks.registration()):
        assert any(re.search(r"\{[2-5]\}", step.expected) for step in walk)


def test_the_peer_is_installed_as_its_lock_file_says_from_wherever_packages_come() -> None:
    wanted = json.loads(read("bench/peer/package.json"))["dependencies"]
    lock = json.loads(read("bench/peer/package-lock.json"))["packages"]
    assert "://" not in json.dumps(lock)
    assert lock[""]["dependencies"] == wanted
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in one for place, one in lock.items() if place)
    assert "omit-lockfile-registry-resolved=true" in read("bench/peer/.npmrc")


def test_the_peer_uses_what_is_installed_and_answers_as_the_others_do() -> None:
    code = read("bench/peer/server.js")
    assert (
        set(_WORD.findall(code))
        == json.loads(read("bench/peer/package.json"))["dependencies"].keys()
    )
    for step in walks.small():
        words = step.expected.partition(" ")[2].replace("{3}", "").strip(", ")
        assert words in code, words
    assert candidates.PATH in code
    assert "process.env.BENCH_REDIS_SOCKET" in code


def test_the_whole_bench_drives_all_candidates_and_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert WHOLE.candidates == {"bare", "plain", "peer"}
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert [line.split()[1] for line in parts.missing()] == ["gcc", "node", "npm"]
