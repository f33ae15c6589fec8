"""How the pages say values: days, hours, moments, keys of terms, in the officer's language.

Installed as filters of the templates. The language and the office's clock stand in `flask.g`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from flask import Flask, g

from domain import calendar, request_code, terms
from domain.vacancy_details import spoken_open
from services.callbacks import screens
from services.desk import Row
from services.desk.timeline import Step
from services.incoming.letters import Letter, Line
from ussd_app import words

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_GROUP: Final = 4


def language() -> str:
    """Give the language of the page being made: "id" or "en"."""
    return str(g.get("language", "id"))


def t(key: str, /, **slots: object) -> str:
    """Give the words of `key` in the language of the page."""
    return words.say(language(), key, **slots)


def maybe(key: str, fallback: str) -> str:
    """Give the words of `key`, those of `fallback` when a newer service names what we do not."""
    return t(key if key in words.tables()[language()] else fallback)


def day(when: date) -> str:
    """Say a day: `Sel 24 Nov 2026`."""
    return f"{calendar.brief_day(when, language())} {when.year}"


def long_day(when: date) -> str:
    """Say a day in full: `Selasa, 24 November 2026`."""
    month = calendar.MONTHS[language()][when.month - 1]
    return f"{calendar.weekday(when, language())}, {when.day} {month} {when.year}"


def hour(text: str | None) -> str:
    """Say an hour of the office: "09:00" as `09.00`, in English `09:00`."""
    return (text or "").replace(":", ":" if language() == "en" else ".")


def moment(when: datetime) -> str:
    """Say a point in time on the office's clock."""
    local = calendar.local(when, g.zone)
    return f"{day(local.date())} {hour(f'{local:%H:%M}')}"


def second(when: datetime) -> str:
    """Say a time of day to the second, on the office's clock: `09.00.10`."""
    return hour(f"{calendar.local(when, g.zone):%H:%M:%S}")


def ago(when: datetime) -> str:
    """Say how long ago something was."""
    seconds = int(max(g.now - when, timedelta()).total_seconds())
    if seconds < 60:
        return t("ago.now")
    if seconds < _HOUR:
        return t("ago.minutes", count=seconds // 60)
    if seconds < _DAY:
        return t("ago.hours", count=seconds // _HOUR)
    return t("ago.days", count=seconds // _DAY)


def term(key: str) -> str:
    """Say one key of terms, as the SMS would."""
    return terms.term(key, language())


def opening(text: str) -> str:
    """Say opening hours as they are entered: `Sen-Jum 08.00-15.00`."""
    return spoken_open(text).replace(":", ".")


def term_list(keys: str) -> str:
    """Say keys of terms that stand in one text: "ktp,diploma"."""
    return ", ".join(term(key) for key in keys.split(",") if key)


def last4(digits: str | None) -> str:
    """Say the end of a phone number."""
    return f"…{digits}" if digits else ""


def grouped(number: str) -> str:
    """Say a number (E.164) as it is dialled here: 0812 0000 0001."""
    dialled = f"0{number.removeprefix('+62')}" if number.startswith("+62") else number
    return " ".join(dialled[at : at + _GROUP] for at in range(0, len(dialled), _GROUP))


def code(digits: str) -> str:
    """Say a request code in threes."""
    return request_code.spoken(digits)


def deed(action: str) -> str:
    """Say an entry of the history."""
    return maybe(f"history.{action.removeprefix('card.')}", "history.other")


def step(move: str) -> str:
    """Say a step by the name that a decision keeps of it."""
    return t("history.settled" if move == "keep" else f"move.{move}.do")


def ending(status: str) -> str:
    """Say how a phone call ended, as its gateway told it."""
    return maybe(f"timeline.ended_{status.lower()}", "timeline.ended_unknown")


def screen(state: str) -> str:
    """Say the words of the screen a phone call had reached; nothing for one that is gone."""
    return screens.heard_at(state, language())


def sms_step(step: Step) -> str:
    """Say one thing that is known of an SMS: in our words, else in the gateway's, and why."""
    said = t(f"delivery.{step.status}") if step.status else step.word
    return f"{said} ({step.reason})" if step.reason else said


def sms_name(template: str) -> str:
    """Say what an SMS is about."""
    return maybe(f"sms.{template}", "sms.other")


def sent_by(one: Line | Letter) -> str:
    """Say who sent an SMS: the name of the number's card, else the end of the number."""
    if one.name:
        return one.name
    return t("messages.unknown", last4=one.last4) if one.last4 else t("messages.no_number")


def why(row: Row) -> str:
    """Say what a case of *Perlu dijawab* needs."""
    return t("why.contested") if row.contested else maybe(f"why.{row.state}", "why.other")


def install(app: Flask) -> None:
    """Give the templates these words."""
    values = (day, long_day, hour, moment, second, ago, term, last4, code, opening)
    filters = (*values, deed, step, ending, screen, sms_step, sms_name, why)
    app.jinja_env.filters.update({one.__name__: one for one in filters})
    app.jinja_env.filters["terms"] = term_list
    app.jinja_env.filters["sent_by"] = sent_by
    app.jinja_env.globals["t"] = t
