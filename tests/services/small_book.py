"""A book of ten screens for tests of the shell: calls of every kind, answers that hold a `*`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from domain.faults import Fault
from menus.catalog import load_catalog
from menus.engine import Engine
from menus.loader import load_book, shipped_flows
from menus.vocabulary import CALLS, CallSpec, CheckSpec, Passed, Vocabulary

MAIN = """
flow: main
start: start
states:
  start:
    call: caller.recognise
    outcomes: { new: welcome, unfinished: unfinished, known: status, several: status }
  welcome:
    choose: "Halo. Ongkos: {tariff:24}."
    options:
      card: { label: Kartu, go: card.name }
      place: { label: Tempat, go: card.place }
      bye: { label: Selesai, go: bye }
  unfinished:
    choose: "Lanjut {task:16}?"
    options:
      resume: { label: Ya, go: resume }
      fresh: { label: Mulai lagi, go: fresh }
  resume:
    call: draft.resume
    outcomes: { resumed: (draft), ask_year: bye, gone: welcome }
  fresh:
    call: draft.discard
    outcomes: { discarded: welcome }
  status:
    end: Kartu Anda sudah ada.
  bye:
    end: Sampai jumpa.
"""

CARD = """
flow: card
resumes: yes
states:
  name:
    ask: Siapa nama?
    check: name
    wrong: { shape: Nama dengan huruf saja. }
    save: name
    next: number
  number:
    call: card.number
    outcomes: { given: sure }
  sure:
    choose: "{number:4} {name:20}. Benar?"
    options:
      yes: { label: Ya, go: book }
      no: { label: Bukan, go: name }
      ask: { label: Tanya, go: ask }
      place: { label: Tempat, go: place }
  ask:
    call: card.ask
    outcomes: { answered: sure }
  place:
    ask: Tinggal di mana?
    check: words
    wrong: { shape: Ketik tempat. }
    save: place
    next: there
  there:
    choose: "Di {place:20}. Benar?"
    options:
      yes: { label: Ya, go: book }
      no: { label: Bukan, go: place }
  book:
    call: card.book
    outcomes: { booked: thanks }
  thanks:
    choose: "Tersimpan. Kode {code:11}."
    options:
      bye: { label: Selesai, go: main.bye }
      again: { label: Daftar lagi, go: name }
"""


def _name(text: str) -> Passed | Fault:
    return Passed(text) if text.isalpha() else Fault("shape")


def _words(text: str) -> Passed | Fault:
    """Pass what holds at least two signs, stars among them."""
    return Passed(text) if len(text) > 1 else Fault("shape")


CHECKS: Mapping[str, CheckSpec] = {
    "name": CheckSpec(_name, frozenset({"shape"})),
    "words": CheckSpec(_words, frozenset({"shape"})),
}
_OURS: Mapping[str, CallSpec] = {
    "card.number": CallSpec({"given": frozenset({"number"})}, pure=True),
    "card.ask": CallSpec({"answered": frozenset({"number"})}),
    "card.book": CallSpec({"booked": frozenset({"code"})}, commits=frozenset({"booked"})),
}
VOCABULARY = Vocabulary(
    CHECKS, MappingProxyType({**{name: CALLS[name] for name in CALLS}, **_OURS}), {}
)


def flows(*, card: str = CARD) -> dict[str, str]:
    """Return the sources of the book; `card` may be a later release's."""
    return {"main.yaml": MAIN, "card.yaml": card, "words.yaml": shipped_flows()["words.yaml"]}


def engine(*, card: str = CARD) -> Engine:
    """Return an engine of the book; only the engine's own words are translated."""
    return Engine(load_book(flows(card=card)), load_catalog(), VOCABULARY)
