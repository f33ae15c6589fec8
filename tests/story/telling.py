"""The parts that stories share: to register, to be found at the desk, to come with a KTP."""

from __future__ import annotations

import re
from dataclasses import asdict

from tests.story.caller import Caller
from tests.story.people import Person
from tests.story.said import Said
from tests.support.visitor import Visitor


def words(text: str, who: Person, **more: str) -> str:
    """Say a text of this person."""
    return text.format(**asdict(who), **more)


def chooses_language(phone: Caller, said: Said) -> Caller:
    """Dial, choose a language and stand before its first screen."""
    phone.dials().chooses("Lainnya").chooses("Bahasa/Basa/Language").types(said.key)
    return phone.is_at("main.welcome").sees(said.six[0])


def registers(phone: Caller, said: Said, who: Person) -> str:
    """Dial, choose the language, register; give the code in threes."""
    chooses_language(phone, said)
    for answer in ("1", who.nik, "1", who.name, "1", "1"):
        phone.types(answer)
    found = re.search(r"\d{3} \d{3} \d{3}", phone.is_at("visit.thanks").screen)
    assert found
    phone.sees(words(said.saved, who, code=found[0]))
    return found[0]


def is_told(phone: Caller, text: str, who: Person) -> Caller:
    """Dial once the last step is final, and be told this at once, before any key."""
    return phone.after(seconds=10).dials().sees(words(text, who)).cut_off()


def is_among_todays(counter: Visitor, who: Person) -> Visitor:
    """Find the person in today's list and open the page."""
    counter.opens("/").sees("Datang hari ini 1")
    counter.sees(f"08.00 {who.name} {who.home} …{who.last4} Ada janji")
    [page] = [link for link in counter.page.links if link.startswith("/person/")]
    return counter.opens(page).sees("Periksa aslinya: KTP, ijazah, 2 foto")


def comes(counter: Visitor, who: Person) -> Visitor:
    """Show the KTP at the counter."""
    counter.sends("/came", full_name=who.full_name, ktp="seen")
    return counter.sees("Tersimpan: Sudah datang", who.full_name)


def here(counter: Visitor) -> str:
    """The address of the page that is open."""
    return counter.answer.request.path
