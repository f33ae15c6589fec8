"""A call is recorded from outside: from what is typed and shown, by whoever shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.gsm7 import SAFE_SEPTETS, septets
from domain.words import LANGUAGES
from menus.engine import Engine
from menus.events import Screen
from menus.play import CUT_OFF, DIALS, Play, dialled
from menus.recorder import Recorder, Recording
from menus.sample import World
from menus.script import Script
from menus.vocabulary import VOCABULARY
from tests.support.pure_phone import NIK

DIALOGUES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.txt"))
BUDI = "3210111508980001"
# An office that has nothing in common with the one a recording is played in.
ELSEWHERE = {
    "tariff": "Rp0",
    "place": "Disnaker Kota Banjar",
    "counter": "loket 5",
    "open": "1-4 07:30-14:00",
    "papers": "ktp,diploma",
    "code": "109876546",
    "day": "2027-03-09",
    "hour": "13:30",
    "until": "2027-03-30",
}


def recorded(engine: Engine, world: World, *said: str, language: str = "id") -> Recording:
    """Call with these answers in a world nobody tells the recorder of."""
    play, recorder = Play(engine, world, language), Recorder(engine)
    for one in said:
        play.enter(one)
        first = dialled(one)
        if first is not None:
            recorder.dialled(first, play.screen)
        elif one == CUT_OFF:
            recorder.cut_off()
        else:
            recorder.typed(one, play.screen)
    return recorder.recording("Rekaman.")


def plays(engine: Engine, recording: Recording) -> Script:
    """The recording plays as it is written, and is as tidy as a dialogue must be."""
    script = recording.script
    assert recording.lost is None
    assert Script.parse(str(script)) == script
    assert script.played(engine).lines == script.lines
    assert all(septets(line[2:]) <= SAFE_SEPTETS for line in script.lines)
    return script


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_every_dialogue_is_recorded_as_it_was_called(path: Path, engine: Engine) -> None:
    written = Script.parse(path.read_text("utf-8")).played(engine)
    call = recorded(engine, written.world(), *written.typed, language=written.language)
    again = plays(engine, call)
    assert again.typed == written.typed
    passing = {"until"} & written.world().facts.keys()
    assert passing or again.lines == written.lines


def test_what_an_office_has_of_its_own_is_told_and_what_passes_is_not(engine: Engine) -> None:
    said = (DIALS, "1", NIK, "1", "Siti", "1", "1", "2", "1")
    script = plays(engine, recorded(engine, World(facts=ELSEWHERE), *said))
    text = str(script)
    assert "place=Disnaker Kota Banjar" in text
    assert "Telepon Rp0." in text
    assert "Bawa KTP, ijazah." in text
    assert "Kode 482 157 901" in text
    assert "109 876" not in text
    assert "9 Mar" not in text


def test_a_wrong_nik_a_cut_and_another_language_are_recorded(engine: Engine) -> None:
    said = (DIALS, "1", "321011", "321011", "550898", "0001", "1", CUT_OFF, DIALS, "1", "Ani")
    more = (CUT_OFF, DIALS, "2", "5", "4", "2", CUT_OFF, DIALS)
    text = str(plays(engine, recorded(engine, World(facts=ELSEWHERE), *said, *more)))
    assert "NIK 16 angka. Tadi 6." in text
    assert "Lanjut daftar?" in text
    assert "# bahasa" not in text
    assert text.count("Ngadamel kartu kuning") == 2


@pytest.mark.parametrize("language", ["su", "jv", "en"])
def test_a_caller_of_another_language_is_recorded_in_it(engine: Engine, language: str) -> None:
    said = (DIALS, "1", BUDI, "1", "Budi", "1", "2", "98", "7", "1", "2")
    script = plays(engine, recorded(engine, World(), *said, language=language))
    assert f"# bahasa: {language}" in script.header


def test_lines_of_a_list_are_told_as_they_were(engine: Engine) -> None:
    people = ({"value": "7", "name": "Agus"}, {"value": "9", "name": "Rina"})
    world = World({"caller.recognise": ("several",)}, lists={"caller.people": people})
    script = plays(engine, recorded(engine, world, DIALS, "2", "1"))
    assert "# daftar: caller.people name=Agus | name=Rina" in script.header
    assert "< 2. Rina" in script.lines


def test_a_long_list_is_recorded_page_by_page(engine: Engine) -> None:
    names = [f"Kecamatan Nomor {number}" for number in range(1, 19)]
    places = tuple(
        {"value": name, "district": name, "regency": "Kab. Kutai Barat"} for name in names
    )
    world = World(lists={"home.matches": places})
    said = (DIALS, "1", NIK, "1", "Siti", "2", "kec", "98", "98", "0", "98", "8", "1")
    script = plays(engine, recorded(engine, world, *said))
    assert any("Kecamatan Nomor 6" in line for line in script.lines)


def test_a_code_that_was_typed_is_not_kept(engine: Engine) -> None:
    world = World({"status.tell": ("refused",)}, {"reason": "has_card"})
    script = plays(engine, recorded(engine, world, DIALS, "2", "109876546", "15081998"))
    assert "109876546" not in str(script)
    assert "> 482157901" in script.lines


TYPED = ("0", "00", "98", "1", "2", "3", "4", "9", "1*2", "x", NIK, "321011", "550898", "0001")
SAID = st.sampled_from([*TYPED, "Siti", "jat", "15081998", "1998", "482157901", CUT_OFF])
# A draft that is gone on with must have been left in a call that was heard.
ENDS = st.fixed_dictionaries(
    {},
    optional={
        call: st.lists(st.sampled_from(sorted(spec.outcomes)), min_size=1, max_size=3).map(tuple)
        for call, spec in VOCABULARY.calls.items()
        if not call.startswith("draft.")
    },
)


@settings(max_examples=40, deadline=None)
@given(said=st.lists(SAID, max_size=20), ends=ENDS, language=st.sampled_from(LANGUAGES))
def test_whatever_is_typed_and_answered_is_recorded_to_its_end(
    engine: Engine, said: list[str], ends: dict[str, tuple[str, ...]], language: str
) -> None:
    play = Play(engine, World(ends), language)
    made = list[str]()
    for one in (DIALS, *said):
        dial_first = one != DIALS and (play.screen.ends or made[-1] == CUT_OFF)
        for entered in (DIALS, one) if dial_first else (one,):
            play.enter(entered)
            made.append(entered)
            if play.screen.ends:
                break
    plays(engine, recorded(engine, World(ends), *made, language=language))


def test_what_is_said_by_no_screen_of_the_book_ends_the_recording(engine: Engine) -> None:
    recorder = Recorder(engine)
    play = Play(engine, World())
    recorder.dialled("", play.dial())
    recorder.typed("1", Screen("Maaf, ada gangguan (KRQMZA). Telepon lagi.", ends=True))
    recorder.typed("1", play.type("1"))
    recording = recorder.recording("Rekaman.")
    assert recording.lost is not None
    assert recording.lost.said == "1"
    assert recording.script.typed == (DIALS,)


def test_a_draft_of_an_earlier_call_cannot_be_gone_on_with(engine: Engine) -> None:
    """What was typed in a call that was not heard is known to nobody."""
    play, recorder = Play(engine, World()), Recorder(engine)
    for said in (DIALS, "1", NIK, "1", "Siti", CUT_OFF):
        play.enter(said)
    recorder.dialled("", play.dial())
    recorder.typed("1", play.type("1"))
    recording = recorder.recording("Rekaman.")
    assert recording.script.typed == (DIALS,)
    assert recording.lost is not None
