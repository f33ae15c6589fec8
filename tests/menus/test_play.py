"""Playing the menus without an office: transcripts, scripts, the pretended world."""

from __future__ import annotations

import pytest

from menus.engine import Engine
from menus.play import CUT_OFF, DIALS, Play
from menus.sample import ITEMS, World
from menus.script import Script
from menus.vocabulary import VOCABULARY
from tests.support.pure_phone import NIK, PurePhone

SCRIPT = """\
# Jam yang dipilih penuh, lalu orangnya menutup telepon.
# dunia: caller.recognise=known status.tell=no_show card.book=taken,booked
# tahu: name=Budi Santoso counter=loket 3
# bahasa: en
> (telepon)
> 1
> 1
> 1
> (putus)
"""


def test_a_script_tells_its_world() -> None:
    world = Script.parse(SCRIPT).world()
    assert world.outcomes["card.book"] == ("taken", "booked")
    assert world.outcomes["status.tell"] == ("no_show",)
    assert world.facts == {"name": "Budi Santoso", "counter": "loket 3"}


def test_a_script_is_played_and_written_again(engine: Engine) -> None:
    played = Script.parse(SCRIPT).played(engine)
    assert played.header == Script.parse(SCRIPT).header
    assert played.typed == Script.parse(SCRIPT).typed
    assert any("Budi Santoso" in line for line in played.lines)
    assert Script.parse(str(played)) == played
    assert played.played(engine) == played


@pytest.mark.parametrize("told", ["card.dance=booked", "card.book=booked,danced"])
def test_a_world_that_cannot_be_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="no call ends so: card"):
        Script((f"# dunia: {told}",), ()).world()


def test_a_line_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        Script.parse("> (telepon)\nhalo")


def test_what_is_played_can_be_saved_as_a_script(engine: Engine) -> None:
    play = Play(engine, World())
    for said in (DIALS, "1", CUT_OFF, DIALS, "2", "1" * 9, "15081998"):
        play.enter(said)
    assert play.screen.text.startswith("Siti: datang")
    saved = Script((), tuple(play.transcript))
    assert saved.played(engine) == saved


@pytest.mark.parametrize(
    ("call", "outcome"),
    [(call, outcome) for call, spec in VOCABULARY.calls.items() for outcome in spec.outcomes],
)
def test_the_pretended_world_keeps_every_promise(call: str, outcome: str) -> None:
    spec = VOCABULARY.calls[call]
    answer = World({call: (outcome,)}).answer(call, {"nik_first": "321011"})
    assert answer.outcome == outcome
    assert spec.outcomes[outcome] <= answer.facts.keys()
    assert spec.items.get(outcome, {}).keys() == (answer.items or {}).keys()


def test_the_pretended_lists_bring_what_the_vocabulary_says() -> None:
    for spec in VOCABULARY.calls.values():
        for lists in spec.items.values():
            for source, slots in lists.items():
                assert all(item.keys() == slots | {"value"} for item in ITEMS[source])


def test_a_number_keeps_the_language_it_chose(phone: PurePhone) -> None:
    phone.dials().types("5", "4", "3").sees("Ndamel kertu kuning").cut_off()
    phone.dials().sees("Ndamel kertu kuning")


def test_a_call_that_is_left_by_dialling_anew_can_be_gone_on_with(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").dials().sees("Lanjut daftar?")


def test_a_long_code_brings_its_answer_and_is_offered_nothing(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").cut_off()
    phone.play.enter("(telepon 2)")
    phone.sees("Ketik kode 9 angka dari SMS")
    assert "> (telepon 2)" in phone.play.transcript


def test_a_star_parts_choices_typed_at_once(phone: PurePhone) -> None:
    phone.dials().types("5*4*3").sees("Ndamel kertu kuning")


def test_a_made_up_office_reads_the_nik_that_is_typed(phone: PurePhone) -> None:
    phone.dials().types("1", "3374106902000002").sees("Lahir 29-02-2000, perempuan")
    phone.types("1", "Dewi").sees("Kec. Tembalang")


def test_a_long_code_is_played_as_the_service_hears_it(engine: Engine) -> None:
    screen = Play(engine, World()).dial("7*7*1")
    assert ("Kami telepon" in screen.text, screen.ends) == (True, False)
