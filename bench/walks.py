"""What callers do: the steps that candidates are driven through."""

from __future__ import annotations

from typing import Final

from bench.driving import Step


def small() -> tuple[Step, ...]:
    """Dial, choose, give a name, confirm: all that the candidates beside ours can."""
    return (
        _step("first screen", "", "CON Selamat datang"),
        _step("choice", "1", "CON Ketik nama"),
        _step("name", "1*{3}", "CON {3}, simpan?"),
        _step("confirmation", "1*{3}*1", "END Tersimpan, {3}"),
    )


def prepared() -> tuple[Step, ...]:
    """What comes before the second half of `hops`: a number dials and gives its NIK."""
    return (
        _step("first screen", "", FIRST),
        _step("choice", "1", "CON Ketik NIK"),
        _step("NIK", "1*{2}", "CON Lahir {4}, "),
    )


def hops() -> tuple[Step, ...]:
    """The same four kinds of hop in the shipped flow, as two calls of two numbers.

    One number dials (we look up who it is) and chooses; another, which has given its NIK before,
    confirms its day of birth and gives its name. What follows a name shows the home that only its
    own NIK tells.
    """
    other = "{1}", "o{1}"
    return (
        Step("first screen", *other, "", FIRST),
        Step("choice", *other, "1", "CON Ketik NIK"),
        _step("confirmation", "1*{2}*1", "CON Ketik nama"),
        _step("name", "1*{2}*1*{3}", "CON Tinggal di Kec. {5}?"),
    )


def registration() -> tuple[Step, ...]:
    """A whole registration: nine hops, of which the seventh saves."""
    said = "1*{2}*1*{3}"
    return (
        *prepared(),
        _step("birth", "1*{2}*1", "CON Ketik nama"),
        _step("name", said, "CON Tinggal di Kec. {5}?"),
        _step("home", f"{said}*1", "CON {3}, datang "),
        _step("save", f"{said}*1*1", "CON Tersimpan. Kode "),
        _step("help", f"{said}*1*1*2", "CON Perlu dibantu saat datang?"),
        _step("goodbye", f"{said}*1*1*2*1", "END {3}, datang "),
    )


FIRST: Final = "CON Disnaker. Kartu kuning gratis."


def _step(name: str, history: str, expected: str) -> Step:
    return Step(name, "{0}", "s{0}", history, expected)
