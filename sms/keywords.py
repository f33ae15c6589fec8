"""Words that mean something when they are the whole of an SMS.

Permenkominfo 1/2009 articles 18 and 19: who is sent broadcasts must be able to refuse, and sending
after a refusal is forbidden. So the word is understood in each of our languages and in the
spellings that phones make of it, but only alone: "jangan stop" is no refusal. Words that people
here put beside a keyword by habit ("UNREG KUNING", "STATUS#482157901") change nothing; separators
are those of the habits with 4444: `#`, `*`, `.`, `,` and space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

__all__ = ["Keyword", "agrees", "is_stop", "judges", "read"]


class Keyword(StrEnum):
    """What an SMS asks for, as a whole; `FREE` is all that somebody has to read."""

    STATUS = "status"
    HELP = "help"
    STOP = "stop"
    START = "start"
    NOT_ME = "not_me"
    """The number is not, or no more, the person's that we write to."""
    REGISTER = "register"
    """A cadre registers somebody: DAFTAR and then a number, his PIN."""
    FREE = "free"


# Indonesian and the trade's own, Sundanese, Javanese, English. CANCEL and BATAL are not here: who
# writes them may mean a day at the office.
_WORDS: Final[Mapping[Keyword, str]] = MappingProxyType(
    {
        Keyword.STATUS: "STATUS STATUSNA STATUSE KABAR WARTOS CEK CHECK KARTU KARTUKU KERTU CARD",
        Keyword.HELP: "BANTUAN BANTU BANTOS TOLONG TULUNG PITULUNG HELP INFO MENU CARA DAFTAR",
        Keyword.STOP: (
            "BERHENTI STOP STOPALL UNREG UNSUB UNSUBSCRIBE QUIT EUREUN LIREN LEREN"
            " MANDHEG MANDEG KENDEL"
        ),
        Keyword.START: "MULAI START UNSTOP REG MIMITIAN WIWIT",
        Keyword.NOT_ME: "BUKANSAYA BKNSAYA SALAHNOMOR SALAHORANG SANESABDI SANESKULA NOTME",
    }
)
_MEANT: Final[Mapping[str, Keyword]] = MappingProxyType(
    {word: keyword for keyword, words in _WORDS.items() for word in words.split()}
)
_BESIDE: Final = frozenset(
    {"KARTU", "KERTU", "CARD", "KUNING", "AK1", "SAYA", "SMS", "INFO", "LOKER", "LOWONGAN"}
    | {"LANGGANAN", "DISNAKER"}
)
# "Balas YA", and how people say it.
_YES: Final = "YA Y IYA YAA IYO OK OKE MAU MINAT YES SUMUHUN MUHUN HOYONG INGGIH NGGIH KERSA"
_AGREES: Final = frozenset(_YES.split())
# "1 Puas 2 Belum", in the words of each language too.
_JUDGES: Final[Mapping[str, bool]] = MappingProxyType(
    {
        **dict.fromkeys(["1", "PUAS", "SUGEMA", "MAREM", "SATISFIED"], True),
        **dict.fromkeys(["2", "BELUM", "BLM", "ACAN", "DERENG", "DURUNG"], False),
    }
)
_APART: Final = re.compile(r"[\W_]+")
_SEEN_BY_NOBODY: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_CARD_NAME: Final = re.compile(r"\bAK 1\b")
# Two words that mean something together only.
_TOGETHER: Final = re.compile(
    r"\b(BUKAN|BKN|SANES|SALAH|NOT) (SAYA|ABDI|KULA|NOMOR|ORANG|ME)\b", re.ASCII
)
_CODE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_REGISTERS: Final = re.compile(r"(?i)\W*daftar\W+[0-9]{4}", re.ASCII)
_LONGEST: Final = 60
"""Characters: a longer SMS is somebody's own words, whatever it begins with."""


def read(text: str) -> Keyword:
    """Tell what an SMS asks for. An empty one asks for help; case and punctuation say nothing."""
    if _REGISTERS.match(text):
        return Keyword.REGISTER
    if len(text) > _LONGEST:
        return Keyword.FREE
    words = _words(text)
    meant = _MEANT.get(words[0], Keyword.FREE) if words else Keyword.HELP
    return meant if _alone(meant, words[1:]) else Keyword.FREE


def judges(text: str) -> bool | None:
    """Tell what an SMS says of an answer of ours: it helped, it did not; None: nothing of it."""
    words = _words(text)
    return _JUDGES.get(words[0]) if len(words) == 1 else None


def agrees(text: str) -> bool:
    """Tell whether an SMS, as a whole, says yes."""
    words = _words(text)
    first = words[0] if words else ""
    return first in _AGREES and all(word in _BESIDE or word in _AGREES for word in words)


def is_stop(text: str) -> bool:
    """Tell whether an SMS, as a whole, says that no more shall come."""
    return read(text) is Keyword.STOP


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", _SEEN_BY_NOBODY.sub("", text)).upper()
    apart = _CARD_NAME.sub("AK1", _APART.sub(" ", folded))
    words = _TOGETHER.sub(r"\1\2", apart).split()
    return words[1:] if _asks_for_status(words) else words


def _asks_for_status(words: list[str]) -> bool:
    """Tell whether STATUS comes second, after another word for a question: "INFO STATUS"."""
    first = _MEANT.get(words[0]) if words else None
    return first in {Keyword.STATUS, Keyword.HELP} and words[1:2] == ["STATUS"]


def _alone(meant: Keyword, rest: list[str]) -> bool:
    """Tell whether the words after a keyword leave it what it is: fillers, and a code of ours."""
    coded = meant is Keyword.STATUS
    return all(word in _BESIDE or (coded and bool(_CODE.fullmatch(word))) for word in rest)
