"""A dialogue file: a call that an officer can read and write.

::

    # Jam yang dipilih baru saja penuh.
    # dunia: caller.recognise=known status.tell=no_show card.book=taken,booked
    # tahu: name=Budi
    # bahasa: su
    > (telepon)
    < Budi: janji Sel 24 Nov sudah lewat. Pilih hari baru?
    > 1

``dunia`` tells the outcomes of calls, in order (the usual one where nothing is told), ``tahu``
facts that calls bring, ``daftar`` the lines of a list (``caller.people name=Budi | name=Rina``),
``bahasa`` the caller's language; any other ``#`` line is a remark.
``> (telepon)`` dials, ``> (telepon 2)`` a long code, ``> (putus)`` cuts the caller off;
``< (selesai)`` shows that the service has ended the session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from menus.engine import Engine
from menus.play import Play
from menus.sample import World
from menus.session import Item
from menus.vocabulary import VOCABULARY

_HEADER: Final = re.compile(r"# (dunia|tahu|daftar|bahasa): (.+)")
_WORD: Final = re.compile(r"(\S+?)=(\S+)")
_PAIR: Final = re.compile(r"(\w+)=([^=]+?)(?= \w+=|$)")


@dataclass(frozen=True, slots=True)
class Script:
    """The lines of a dialogue file: its ``#`` header, then what is typed and shown."""

    header: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Script:
        """Read a file. Raises ValueError for a line that is none of ``#``, ``>``, ``<``."""
        lines = [line for line in text.splitlines() if line.strip()]
        if odd := [line for line in lines if line[:1] not in set("#><")]:
            raise ValueError(f"neither '#' nor '>' nor '<': {odd[0]!r}")
        header = tuple(line for line in lines if line.startswith("#"))
        return cls(header, tuple(line for line in lines if not line.startswith("#")))

    @property
    def typed(self) -> tuple[str, ...]:
        """What the caller does, in order."""
        return tuple(line[2:] for line in self.lines if line.startswith(">"))

    @property
    def language(self) -> str:
        """The language the caller is spoken to at first."""
        return self._told("bahasa") or "id"

    def played(self, engine: Engine) -> Script:
        """Return this script with the screens that ``engine`` shows now."""
        play = Play(engine, self.world(), self.language)
        for said in self.typed:
            play.enter(said)
        return Script(self.header, tuple(play.transcript))

    def world(self) -> World:
        """Return the world that the header tells. Raises ValueError for a call that is none."""
        return World(self._outcomes(), dict(_PAIR.findall(self._told("tahu"))), dict(self._lists()))

    def __str__(self) -> str:
        return "\n".join((*self.header, *self.lines, ""))

    def _outcomes(self) -> Mapping[str, tuple[str, ...]]:
        told = _WORD.findall(self._told("dunia"))
        outcomes = {call: tuple(ends.split(",")) for call, ends in told}
        for call, ends in outcomes.items():
            known = VOCABULARY.calls[call].outcomes if call in VOCABULARY.calls else {}
            if odd := [end for end in ends if end not in known]:
                raise ValueError(f"no call ends so: {call}={odd[0]}")
        return outcomes

    def _lists(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        for source, lines in (
            told.split(" ", 1) for key, told in self._headers() if key == "daftar"
        ):
            items = enumerate(map(_PAIR.findall, lines.split(" | ")), 1)
            yield source, tuple({"value": str(number), **dict(pairs)} for number, pairs in items)

    def _told(self, name: str) -> str:
        return " ".join(value for key, value in self._headers() if key == name)

    def _headers(self) -> Iterator[tuple[str, str]]:
        for line in self.header:
            if found := _HEADER.fullmatch(line):
                yield found[1], found[2]
