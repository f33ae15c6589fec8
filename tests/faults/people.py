"""Callers of the fault tests: each with a NIK and a number of his own, and a call to book."""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults.stack import Stack

_LETTERS = "abcdefghij"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of Jatiwangi, by a number."""

    number: int

    @property
    def nik(self) -> str:
        return f"321011550898{self.number:04d}"

    @property
    def phone(self) -> str:
        return f"+62812{self.number:08d}"

    @property
    def session(self) -> str:
        return f"ATUid_{self.number:032x}"

    @property
    def name(self) -> str:
        """A name that nobody else has: 27 is Sitiaach."""
        return "Siti" + "".join(_LETTERS[int(digit)] for digit in f"{self.number:04d}")

    @property
    def answers(self) -> tuple[str, ...]:
        """What is typed up to the screen that offers a day: card, NIK, yes, name, yes here."""
        return ("1", self.nik, "1", "Siti", "1")

    def dials_to_the_day(self, stack: Stack) -> str:
        """Call until a day is offered; give that screen."""
        said = stack.hop(self.session, self.phone, "")
        for length in range(1, len(self.answers) + 1):
            said = stack.hop(self.session, self.phone, "*".join(self.answers[:length]))
        assert "Simpan?" in said, said
        return said

    def confirms(self, stack: Stack) -> str:
        """Say yes to the day."""
        return stack.hop(self.session, self.phone, "*".join((*self.answers, "1")))

    def books(self, stack: Stack) -> str:
        """Call and book; give the last screen."""
        self.dials_to_the_day(stack)
        said = self.confirms(stack)
        assert said.startswith("CON Tersimpan. Kode "), said
        return said
