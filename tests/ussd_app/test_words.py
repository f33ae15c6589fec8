"""The words of the pages: both languages whole, none missing, none left over."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from domain import callbacks, tickets, vacancies
from domain.card import State
from domain.info_details import ANSWER, EVENT, EVENT_KINDS, SERVICE, SERVICE_STATES
from domain.vacancy_details import FIELDS
from domain.words import LANGUAGES
from menus import picture
from menus.loader import load_book
from services import guessing
from services.cadres import enrolling
from services.callbacks.ringing import Deed
from services.cards import reporting
from services.desk import Action, Reason, Visit
from services.info.seating import SEATED, VISITED
from services.officers import Refusal, Role
from services.vacancies import wished
from services.vacancies.publishing import Why
from sms.keywords import Keyword
from sms.message import Status
from sms.templates import wording
from ussd_app import words
from ussd_app.desk import cadres
from ussd_app.desk.lists import LISTS
from ussd_app.desk.preview import TELLS
from ussd_app.desk.vacancies import Step
from ussd_app.desk.vacancy_form import HINTS

ROOM = Path(words.__file__).parents[1]
SAID = words.tables()
# Sameness that is right: names, signs, words both languages share.
SHARED = {"frame.product", "frame.menu", "person.nik", "officers.role_admin"}
# Why a field of a vacancy will not do.
FAULTS = ("needed", "wide", "unknown", "number", "day", "over", "far", "open", "held", "taken")


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    assert SAID["id"].keys() == SAID["en"].keys()
    for key, indonesian in SAID["id"].items():
        english = SAID["en"][key]
        assert indonesian.strip()
        assert english.strip()
        assert slots(indonesian) == slots(english), key
        assert indonesian != english or key in SHARED, key


def made() -> set[str]:
    """The keys that pages put together from what the services may answer."""
    steps = {f"move.{action}.do" for action in Action if action is not Action.KEEP}
    leads = {f"move.{action}.lead" for action in Action if action not in {"keep", "issue"}}
    return (
        steps
        | leads
        | {f"move.{step}.{part}" for step in ("complete", "revoke") for part in ("do", "lead")}
        | {
            f"move.{action}.needed"
            for action in ("came", "incomplete", "refuse", "rebook", "issue")
        }
        | {f"state.{state}" for state in State}
        | {f"delivery.{status}" for status in Status}
        | {f"person.reveal_{reason}" for reason in Reason}
        | {f"person.language_{language}" for language in ("id", "su", "jv", "en")}
        | {f"officers.role_{role}" for role in Role}
        | {f"info.{name}" for name in (*ANSWER, *EVENT, *SERVICE, "kind", "hidden", "state")}
        | {f"info.{column}" for column in ("people", "phone", "since", "doing", "service")}
        | {f"info.do_{state}" for state in (*SEATED, *VISITED)}
        | {f"info.kind_{kind}" for kind in EVENT_KINDS}
        | {f"info.state_{state}" for state in SERVICE_STATES}
        | {f"info.event_{state}" for state in ("draft", "published", "closed")}
        | {f"info.seat_{state}" for state in ("new", "accepted", "declined", "withdrawn")}
        | {f"info.visit_{state}" for state in ("booked", "came", "absent")}
        | {f"info.fault_{why}" for why in (*FAULTS, "hour", "hours") if why != "taken"}
        | {f"info.language_{language}" for language in LANGUAGES}
        | {f"officers.{why}" for why in Refusal if why not in {Refusal.EMAIL, Refusal.NAME}}
        | {
            f"home.{name}{tail}"
            for name in ("today", "answer", "unissued")
            for tail in ("", "_empty")
        }
        | {
            f"list.{name}"
            for name in ("hour", "name", "home", "phone", "state", "why", "since", "day")
        }
        | {f"officers.{name}" for name in ("name", "email", "role", "doing")}
        | {f"sms.{template}" for template in wording().templates}
        | {f"narrow.{visit}" for visit in Visit}
        | {f"timeline.ended_{how}" for how in ("success", "incomplete", "failed")}
        | {f"timeline.letter_{keyword}" for keyword in Keyword}
        | {f"cadres.{name}" for name in ("name", "village", "phone", "helped", "doing")}
        | {cadres.key_of(why) for why in enrolling.Refusal}
        | {f"callbacks.state_{state}" for state in callbacks.State}
        | {f"callbacks.done_{deed}" for deed in Deed if deed is not Deed.CALL}
        | {f"callbacks.{column}" for column in ("who", "promise", "language", "stuck")}
        | {f"by_phone.{column}" for column in ("name", "what", "more", "when")}
        | {f"by_phone.{answer}" for answer in reporting.ANSWERS - {reporting.EMPLOYED}}
        | {f"alarm.{kind}" for kind in guessing.LIMITS}
        | {f"tickets.state_{state}" for state in tickets.State}
        | {f"tickets.kind_{kind}" for kind in tickets.Kind}
        | {f"tickets.{column}" for column in ("code", "kind", "says", "clock", "state")}
        | {f"vacancies.{name}" for name in FIELDS if name != "title"}
        | {f"vacancies.{column}" for column in ("title_of", "job", "wanted", "state")}
        | {f"vacancies.hint_{name}" for name in HINTS}
        | {f"vacancies.state_{state}" for state in vacancies.State}
        | {f"vacancies.done_{step}" for step in Step}
        | {f"vacancies.refused_{why}" for why in Why}
        | {f"vacancies.fault_{why}" for why in FAULTS}
        | {f"interests.state_{state}" for state in vacancies.Interest}
        | {f"interests.done_{deed}" for deed in wished.Deed if deed is not wished.Deed.SHOW}
        | {f"interests.{column}" for column in ("who", "job", "since")}
        | {f"flows.of.{flow}" for flow in picture.flows(load_book())}
        | {f"flows.{name}" for name in ("flow", "entered", "refused", "timed_out", "dropped")}
        | {f"flows.{name}" for name in ("screen", "village", "code", "called", "booked")}
        | {f"lists.{name}" for name in ("name", "waiting", "late", *(one.name for one in LISTS))}
    )


def used() -> set[str]:
    """The keys that stand in templates and code."""
    files = [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")]
    text = "\n".join(path.read_text() for path in files)
    found = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+){1,2})[\"']", text))
    page = (ROOM / "phone/page.py").read_text()
    heard = re.search(r"WORDS = \((.*?)\)", page, re.DOTALL)
    assert heard
    return found | {f"phone.{word}" for word in re.findall(r'"(\w+)"', heard[1])}


def test_every_word_that_is_asked_for_is_there() -> None:
    families = {key.split(".")[0] for key in SAID["id"]}
    asked = {key for key in used() if key.split(".")[0] in families - {"desk", "phone", "sms"}}
    asked = {key for key in asked if not key.endswith(("_", ".html", ".yaml"))}
    assert asked - SAID["id"].keys() == set()
    assert made() - SAID["id"].keys() == set()


def test_no_word_is_left_over() -> None:
    history = {key for key in SAID["id"] if key.startswith(("history.", "why."))}
    assert SAID["id"].keys() - used() - made() - history == set()


def test_every_step_that_tells_has_its_sms() -> None:
    assert {f"sms.{state}" for state in TELLS.values()} <= SAID["id"].keys()


@pytest.mark.parametrize(
    "table",
    ["a: [satu]", "a: satu", "a: [satu, one, two]", "a: [satu, one]\nb: [dua, two]\na: [x, y]"],
)
def test_a_doubtful_table_is_refused(table: str) -> None:
    with pytest.raises(words.WordsError):
        words.read("x.yaml", table, {"id": {}, "en": {}})
