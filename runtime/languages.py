"""The languages that may be offered to the public: those whose words a native speaker has read.

Who has read which stands in the table of `docs/languages.md` and in the header `X-Reviewed-By` of
the PO files, which a test holds to be the same; the files are shipped, so they are what is read. A
name counts only for the words that were read: see `domain.phrases`.
"""

from __future__ import annotations

from functools import cache

from domain.words import LANGUAGES
from menus.catalog import reviewer as of_menus
from sms.reading import reviewer as of_sms


@cache
def reviewed() -> tuple[str, ...]:
    """Return Indonesian, which is the source, and each language whose words were all read."""
    source, *others = LANGUAGES
    return (source, *(name for name in others if of_menus(name) and of_sms(name)))
