"""Vacancies out of a file: all of its lines, or none when one is wrong.

A line is the same vacancy as before by its number (the employer's or the office's own), so a file
may be read again: what has changed is changed, what has not is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from domain.vacancies import State
from domain.vacancy_details import Details, Flaw
from services.vacancies import publishing, sheets
from services.vacancies.publishing import Clerk
from services.vacancies.sheets import Line, Mistake
from storage import locks, vacancies
from storage.vacancies import Vacancy


class MistakesError(Exception):
    """What is wrong with a file, line by line; nothing of it was taken."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file's lines; ``over`` were known and are past their last day."""

    new: int = 0
    changed: int = 0
    same: int = 0
    over: int = 0
    published: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """A line that can be taken; no details where a known vacancy is merely over."""

    details: Details | None
    known: Vacancy | None


def load(clerk: Clerk, file: bytes, *, publish: bool, dry: bool = False) -> Report:
    """Take a file's vacancies, as drafts; with ``publish`` publish those that are checked.

    ``dry`` takes nothing and tells what would come of it.

    Raises:
        MistakesError: when any line is wrong.
    """
    found = sheets.lines(file)
    if isinstance(found, tuple):
        raise MistakesError(found)
    with clerk.conn.begin_nested() as all_of_it:
        report = _taken(clerk, _sound(clerk, found), publish=publish)
        if dry:
            all_of_it.rollback()
    return report


def _sound(clerk: Clerk, lines: Sequence[Line]) -> list[_Read]:
    """Read every line; raise `MistakesError` with all that is wrong."""
    locks.hold(clerk.conn, f"vacancies:{clerk.office}")
    known = vacancies.by_reference(clerk.conn, clerk.office)
    day = publishing.today(clerk)
    read, mistakes = list[_Read](), list(_numbers(lines))
    for line in lines:
        one = _judged(line, known.get(_number(line)), day)
        if isinstance(one, _Read):
            read.append(one)
        else:
            mistakes += one
    if mistakes:
        raise MistakesError(sorted(mistakes, key=lambda one: one.line))
    return read


def _judged(line: Line, own: Vacancy | None, day: date) -> _Read | list[Mistake]:
    found = publishing.judged(line.fields, day)
    if not isinstance(found, Details):
        merely_over = own and [flaw.why for flaw in found] == ["over"]
        return _Read(None, own) if merely_over else list(_named(line, found))
    if own and own.state is State.PUBLISHED and not found.employer_checked:
        return [Mistake(line.number, "diperiksa", "unchecked")]
    return _Read(found, own)


def _number(line: Line) -> str:
    return " ".join(line.fields["reference"].split())


def _numbers(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Tell of lines without a number, and of those whose number stands further up."""
    seen = set[str]()
    for line in lines:
        number = _number(line)
        if not number or number in seen:
            yield Mistake(line.number, "nomor", "again" if number else "needed")
        seen.add(number)


def _named(line: Line, flaws: Sequence[Flaw]) -> Iterator[Mistake]:
    for flaw in flaws:
        yield Mistake(line.number, sheets.column(flaw.field), flaw.why, flaw.limit)


def _taken(clerk: Clerk, read: Sequence[_Read], *, publish: bool) -> Report:
    counts = dict.fromkeys(Report.__dataclass_fields__, 0)
    for one in read:
        what, vacancy_id = _take(clerk, one)
        counts[what] += 1
        counts["published"] += publish and _publish(clerk, vacancy_id)
    return Report(**counts)


def _take(clerk: Clerk, one: _Read) -> tuple[str, str]:
    """Take one line; return what came of it, and the id of its vacancy."""
    details, known = one.details, one.known
    if known is None:
        return "new", publishing.enter(clerk, cast("Details", details))
    if details is None:
        return "over", known.id
    if known.details == details or known.state is State.CLOSED:
        return "same", known.id
    publishing.change(clerk, known.id, known.version, details)
    return "changed", known.id


def _publish(clerk: Clerk, vacancy_id: str) -> bool:
    """Publish a draft whose employer was checked; what an officer closed stays closed."""
    found = vacancies.get(clerk.conn, vacancy_id)
    if found is None or found.state is not State.DRAFT:
        return False
    done = publishing.publish(clerk, found.id, found.version)
    return isinstance(done, publishing.Done)
