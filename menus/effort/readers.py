"""Two readers, in numbers, and what a line allows them.

Reading. 200 words a minute: adults read 175 to 300 silently and 183 aloud (Brysbaert 2019, *How
many words do we read per minute?*, J. Memory and Language 109, 104047). 60 words a minute: the
least at which what is read is understood well (Abadzi 2011, *Reading Fluency Measurements in EFA
FTI Partner Countries*, GPE Working Paper 1); Indonesian pupils of the second grade read 52.1 aloud
(Stern and Nordstrum 2014, *Indonesia 2014: The National EGRA*, RTI).

Typing. 1.2 s a key is the "worst typist" of the keystroke-level model, 0.75 s that of codes (Card,
Moran and Newell 1980, *The keystroke-level model*, CACM 23:7). A letter on a keypad takes 2.03
presses (Pavlovych and Stuerzlinger 2003, *Less-Tap*), with a wait between two on one key: 3 s and
1.5 s. What is not published, and assumed: a mistake every six hops (of the quick
reader: every twelve), the network's second, and that the time of a hop varies by a tenth (each of
its twenty words and keys by a half).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_MULTI_TAP: Final = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
SOFT_KEYS: Final = 2
"""On every hop: one key opens the field for an answer, one sends it."""
NETWORK: Final = 1.0
"""Seconds between the last key of a hop and the next screen."""
GLANCE: Final = 1.35
"""Seconds to find one's way on what was read before: the model's mental preparation."""
SPREAD: Final = 0.1
"""Standard deviation of a hop's time, as a part of it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How fast somebody reads (words a minute) and types (seconds), and how often he slips."""

    name: str
    words: float
    digit: float
    letter: float
    hops_a_mistake: float

    def reads(self, screen: str, known: Collection[str] = ()) -> float:
        """Return the seconds to read a screen: every number, option and part of a date counts.

        Lines that are ``known``, for they were read before, cost one look together.
        """
        lines = screen.split("\n")
        new = [line for line in lines if line not in known]
        look = GLANCE if len(new) < len(lines) else 0
        return 60 * len(_WORD.findall("\n".join(new))) / self.words + look

    def types(self, answer: str) -> float:
        """Return the seconds to answer: soft keys, then digits and letters one by one."""
        letters = sum(char.isalpha() for char in answer)
        others = len(answer) - letters + SOFT_KEYS
        return letters * self.letter + others * self.digit

    def hop(self, screen: str, answer: str, known: Collection[str] = ()) -> float:
        """Return the seconds that the network waits for this answer to this screen."""
        return self.reads(screen, known) + self.types(answer)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds after which a network ends a call: of the whole session, and without an answer.

    180 and 30 are Safaricom's through Africa's Talking; no Indonesian network publishes its own.
    """

    session: float = 180
    idle: float = 30


USUAL: Final = Limits()
QUICK: Final = Reader("quick", words=200, digit=0.75, letter=1.5, hops_a_mistake=12)
SLOW: Final = Reader("slow", words=60, digit=1.2, letter=3.0, hops_a_mistake=6)
READERS: Final = (QUICK, SLOW)


def presses(answer: str) -> int:
    """Return the keys pressed for an answer, soft keys among them; letters by multi-tap."""
    return SOFT_KEYS + sum(_taps(char) for char in answer.casefold())


def _taps(char: str) -> int:
    return next((keys.index(char) + 1 for keys in _MULTI_TAP if char in keys), 1)
