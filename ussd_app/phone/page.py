"""`/phone` and its inbox; both exist in the demo only."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, g, jsonify, render_template, request
from werkzeug.wrappers import Response

from domain import calendar
from services.delivery.inbox import inbox as received
from ussd_app import current, security
from ussd_app.desk import guard, saying
from ussd_app.invented import INVENTED, Invented

phone = Blueprint("phone", __name__)
# What stands on each key; the letters are those of ITU-T E.161.
KEYPAD = (
    ("1", ".,'"),
    ("2", "abc"),
    ("3", "def"),
    ("4", "ghi"),
    ("5", "jkl"),
    ("6", "mno"),
    ("7", "pqrs"),
    ("8", "tuv"),
    ("9", "wxyz"),
    ("*", ""),
    ("0", "␣"),
    ("#", "abc"),
)
WORDS = (
    "idle",
    "calling",
    "inbox",
    "inbox_empty",
    "erase",
    "send",
    "open",
    "back",
    "cut_off",
    "time_out",
    "no_answer",
    "other_code",
    "idle_hint",
    "written",
    "not_written",
)


@phone.before_request
def admit() -> None:
    """Set the page's language; anybody may play, but only from this very page."""
    guard.settle()
    security.refuse_other_sites()
    security.protect()


@phone.get("/phone")
def page() -> str:
    """Show the handset, the people to call as and the address its calls go to."""
    settings = current.house().settings
    code = settings.service_code
    return render_template(
        "phone/phone.html",
        code=code,
        deep=f"{code[:-1]}*2#",
        keypad=KEYPAD,
        people=[_shown(person) for person in INVENTED],
        webhook=f"/ussd/africastalking/{settings.webhook_tokens[0]}",
        sms_webhook=f"/sms/africastalking/{settings.webhook_tokens[0]}/incoming",
        words={word: saying.t(f"phone.{word}", code=code) for word in WORDS},
    )


@phone.post("/phone/inbox")
def inbox() -> Response:
    """Give the SMS of one number, newest first."""
    messages = received(current.house().delivery, request.form.get("phone", ""))
    return jsonify(
        messages=[
            {"id": sms.id, "sender": sms.sender or "SMS", "text": sms.text, "at": _at(sms.at)}
            for sms in messages
        ]
    )


def _shown(person: Invented) -> dict[str, str]:
    today = calendar.local_day(g.now, "WIB")
    return {
        "name": person.name,
        "phone": person.phone,
        "phone_words": person.phone_words,
        "nik": person.nik,
        "nik_words": person.nik_words,
        "born": f"{person.born(today):%d-%m-%Y}",
        "home": person.home,
    }


def _at(when: datetime) -> str:
    return f"{calendar.local(when, 'WIB'):%d-%m %H.%M}"
