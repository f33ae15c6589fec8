"""A telephone as the gateway sees it: it speaks HTTP to the webhook, and reads as a call does.

Every turn is checked: it fits the air, and its session survives its way through JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Self

import requests

from domain import gsm7
from menus.session import Session
from runtime.wiring import House
from services.delivery.inbox import inbox
from sms.message import Lane
from tests.support.installation import Clock

SITI = "+6281200000001"
_GATEWAY = "africastalking"
_SESSIONS = count(1)
_LANGUAGES = {"id": "Bahasa Indonesia", "su": "Basa Sunda", "jv": "Basa Jawa", "en": "English"}


class Phone:
    """One handset with one number; every verb returns the phone, so that a call is a sentence."""

    def __init__(self, house: House, clock: Clock, url: str, number: str = SITI) -> None:
        self.house = house
        self.number = number
        self.screen = ""
        self.ended = True
        self._clock = clock
        self._url = f"{url}/ussd/{_GATEWAY}/{house.settings.webhook_tokens[0]}"
        self._sms = f"{url}/sms/{_GATEWAY}/{house.settings.webhook_tokens[0]}/incoming"
        self._http = requests.Session()
        self._http.trust_env = False
        self._session = ""
        self._typed: list[str] = []
        self._code = house.settings.service_code

    def dials(self, code: str | None = None) -> Self:
        """Dial the service code, or a long code that begins with it: *123*2#."""
        own = self.house.settings.service_code
        self._code = own
        self._session = f"test-{next(_SESSIONS)}"
        self._typed = (code or own).removeprefix(own[:-1]).strip("*#").split("*")
        self._typed = [part for part in self._typed if part]
        return self._says()

    def dials_again(self) -> Self:
        """Dial anew after a cut or an end."""
        return self.dials()

    def types(self, text: str) -> Self:
        """Answer the screen."""
        assert not self.ended, f"the call is over: {self.screen}"
        self._typed.append(text)
        return self._says()

    def repeats(self) -> Self:
        """The gateway sends the same callback again and must get the same answer."""
        before = self.screen, self.ended
        self._says()
        assert (self.screen, self.ended) == before
        return self

    def sees(self, *parts: str) -> Self:
        """Every part stands on the screen."""
        for part in parts:
            assert part in self.screen, f"{part!r} is not on the screen:\n{self.screen}"
        return self

    def does_not_see(self, *parts: str) -> Self:
        """None of the parts stands on the screen."""
        for part in parts:
            assert part not in self.screen, f"{part!r} is on the screen:\n{self.screen}"
        return self

    def is_at(self, state: str) -> Self:
        """The session stands at a state of the book."""
        assert self._where().at == state
        return self

    def hung_up(self) -> Self:
        """The service has ended the call, and the gateway says so."""
        assert self.ended, f"the call goes on:\n{self.screen}"
        return self._over("Success")

    def cut_off(self) -> Self:
        """The network loses the call; the gateway says so."""
        self.ended = True
        return self._over("Incomplete")

    def after(self, **span: float) -> Self:
        """Time goes by: after(minutes=5)."""
        self._clock.goes_on(**span)
        return self

    def in_language(self, language: str) -> Self:
        """Choose a language in the menus and hang up; the number keeps it."""
        self.dials()
        if not self._keys_of("Language"):
            self.types(self._key_of("Lainnya", "Sanes", "More"))
        self.types(self._key_of("Language"))
        self.types(self._key_of(_LANGUAGES[language]))
        return self if self.ended else self.cut_off()

    def texts(self, text: str, **fields: str) -> Self:
        """A second later send an SMS to the service; `fields` are as the gateway tells of it."""
        self._clock.goes_on(seconds=1)
        told = {
            "linkId": "03090445075804249226",
            "text": text,
            "to": "21512",
            "id": f"in-{next(_SESSIONS)}",
            "date": f"{self._clock():%Y-%m-%d %H:%M:%S}",
            "from": self.number,
        }
        answer = self._http.post(self._sms, data=told | fields, timeout=20)
        assert (answer.status_code, answer.text) == (200, "ok\n"), answer.text
        return self

    def got_sms(self, *parts: str) -> Self:
        """After the due messages were sent, the newest SMS holds every part."""
        texts = self.inbox()
        assert texts, "no SMS came"
        for part in parts:
            assert part in texts[0], f"{part!r} is not in the SMS:\n{texts[0]}"
        return self

    def got_no_sms(self) -> Self:
        """Nothing was sent to this number."""
        assert self.inbox() == []
        return self

    def inbox(self) -> list[str]:
        """All SMS of this number, newest first, after the due ones were sent."""
        for lane in Lane:
            while self.house.delivery.deliver_due(lane, self._clock()):
                pass
        return [sms.text for sms in inbox(self.house.delivery, self.number)]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The numbered lines of the screen: key and label."""
        for line in self.screen.splitlines():
            key, dot, label = line.partition(". ")
            if dot and key.isdigit():
                yield key, label

    def _key_of(self, *labels: str) -> str:
        found = self._keys_of(*labels)
        assert found, f"none of {labels} can be chosen:\n{self.screen}"
        return found[0]

    def _keys_of(self, *labels: str) -> list[str]:
        return [key for key, text in self.lines() if any(label in text for label in labels)]

    def _says(self) -> Self:
        form = self._form() | {"text": "*".join(self._typed)}
        answer = self._http.post(self._url, data=form, timeout=20)
        assert answer.status_code == 200, answer.text
        kind, _, self.screen = answer.text.partition(" ")
        assert kind in {"CON", "END"}, answer.text
        self.ended = kind == "END"
        self._check()
        return self

    def _check(self) -> None:
        assert gsm7.septets(self.screen) <= gsm7.USSD_SEPTETS, self.screen
        session = self.house.dialogue.where(_GATEWAY, self._session, self.number)
        assert session is None or Session.from_json(session.to_json()) == session

    def _where(self) -> Session:
        session = self.house.dialogue.where(_GATEWAY, self._session, self.number)
        assert session is not None, "the session is not known"
        return session

    def _over(self, status: str) -> Self:
        form = self._form() | {
            "date": datetime.now(UTC).isoformat(),
            "input": "*".join(self._typed),
            "lastAppResponse": self.screen,
            "status": status,
            "hopsCount": str(len(self._typed) + 1),
            "durationInMillis": "42000",
        }
        answer = self._http.post(f"{self._url}/ended", data=form, timeout=20)
        assert answer.status_code == 200, answer.text
        return self

    def _form(self) -> dict[str, str]:
        return {
            "sessionId": self._session,
            "phoneNumber": self.number,
            "serviceCode": self._code,
            "networkCode": "51011",
        }
