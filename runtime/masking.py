"""Personal numbers never reach a log: whatever looks like a NIK or a phone is replaced.

A net under the rule that nobody logs personal data, not a permission to do so. It works on
values before they are rendered (a number must stay valid JSON) and on the finished line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NIK = "[16 digits]"
PHONE = "[phone]"
# People and libraries write numbers in groups; one space, dot or dash may stand between digits.
_GAP = r"[ .\-]?"
_NIK = re.compile(rf"\d(?:{_GAP}\d){{15,}}")
_PHONE = re.compile(rf"(?<!\d)(?:\+\d|(?:00)?62{_GAP}8|0{_GAP}8)(?:{_GAP}\d){{7,14}}(?!\d)")


def mask(text: str) -> str:
    """Replace every run of 16 digits or more, and every phone number."""
    return _PHONE.sub(PHONE, _NIK.sub(NIK, text))


def mask_value(value: Any) -> Any:
    """Mask a value of a log event, at any depth; what is not plain data becomes its text."""
    match value:
        case None | bool() | float():
            return value
        case int():
            masked = mask(str(value))
            return value if masked == str(value) else masked
        case str():
            return mask(value)
        case Mapping():
            return {mask(str(key)): mask_value(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [mask_value(inner) for inner in value]
        case _:
            return mask(str(value))
