"""The words of our SMS: what the reader gets, and what the lint would never let out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sms
from domain import gsm7, words
from sms.gateway import Line
from sms.issues import issues
from sms.reading import load
from sms.templates import lint, render, speaking, wanted, wording

LANGUAGES = words.LANGUAGES
SILENT = Line(can_receive=False, sender=None, receipts=True, batch=1, ussd="")
TWO_WAY = Line(can_receive=True, sender="DISNAKER", receipts=True, batch=1, ussd="*123#")
DIALLED = Line(can_receive=False, sender=None, receipts=True, batch=1, ussd="*123#")
FACTS = {
    "name": "Siti",
    "day": "2026-11-24",
    "hour": "09:00",
    "place": "Disnaker Majalengka",
    "papers": "ktp,diploma,photo2",
    "missing": "diploma",
    "open": "1-5 08:00-15:00",
    "reason": "other_region",
    "phone": "0233-281234",
    "code": "482157906",
    "counter": "loket 3",
    "until": "2028-11-24",
    "report_day": "2027-05-24",
    "count": "3",
    "said": "Kantor buka.",
}
FOLDER = Path(sms.__file__).parent
MESSAGES = "templates/messages.yaml"
ANSWERS = (FOLDER / MESSAGES).read_text("utf-8").splitlines().index("answers:") + 1
QUESTION = """
  question:
    text: "{place:20}: cocok? {answer:24}."
    reply: YA
    keys: "3"
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    for part in ("templates", "locale"):
        shutil.copytree(FOLDER / part, tmp_path / part)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def complaints(room: Path) -> list[str]:
    return [f"{issue.where}: {issue.what}" for issue in issues(load(room))]


def test_the_shipped_messages_may_be_sent() -> None:
    assert lint() == ()


def test_a_booked_caller_reads_day_hour_papers_and_code() -> None:
    assert render("booked", FACTS, "id", SILENT) == (
        "Disnaker Majalengka: Siti, datang Sel 24 Nov jam 9. Bawa KTP, ijazah, 2 foto. "
        "Kode 482 157 906. Kartu gratis."
    )


def test_the_same_message_speaks_sundanese_to_who_chose_it() -> None:
    assert render("ready", FACTS, "su", SILENT) == (
        "Disnaker Majalengka: Siti, kartu kuning tos tiasa dicandak di kantor Sen-Jum 8-15. "
        "Candak KTP. Kartu haratis."
    )


def test_a_warning_about_a_used_nik_names_the_office_and_nobody_else() -> None:
    assert wanted("nik_used") == {"place", "phone"}
    text = render("nik_used", FACTS, "id", SILENT)
    assert text.startswith("Disnaker Majalengka: ")
    assert text.endswith("Bukan Anda? Telepon 0233-281234.")


def _widest(slot: str) -> str:
    """A value of a slot's kind that is wider than any slot."""
    match words.KINDS.get(slot):
        case words.Kind.DAY | words.Kind.DATE:
            return "2026-11-24"
        case words.Kind.OPEN:
            return "1-5 07:30-15:30"
        case words.Kind.NUMBER | words.Kind.CODE:
            return "9" * 6
        case _:
            return "W" * 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(wording().templates))
def test_every_message_fits_one_sms_whoever_reads_it(name: str, language: str) -> None:
    longest = {
        **{slot: _widest(slot) for slot in wanted(name)},
        **FACTS,
        "name": "W" * 40,
        "place": "W" * 40,
        "papers": "certificate,domicile,diploma,photo2,ktp,kk",
        "missing": "certificate,domicile,diploma,photo2,ktp,kk",
        "open": "1-5 07:30-15:30",
        "said": "W" * 200,
    }
    carried = gsm7.segments(render(name, longest, language, SILENT))
    assert (carried.encoding, len(carried.parts)) == ("GSM-7", 1)


def test_a_missing_fact_is_named_but_never_told() -> None:
    facts = {name: value for name, value in FACTS.items() if name != "code"}
    with pytest.raises(KeyError, match="code") as raised:
        render("booked", facts, "id", SILENT)
    assert "Siti" not in str(raised.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (TWO_WAY, "Disnaker Majalengka: cocok? Balas YA."),
        (DIALLED, "Disnaker Majalengka: cocok? Tekan *123*3#."),
        (SILENT, "Disnaker Majalengka: cocok?"),
    ],
)
def test_an_answer_is_asked_for_only_in_a_way_the_line_can_take(
    room: Path, line: Line, said: str
) -> None:
    change(room / MESSAGES, "\nanswers:", f"{QUESTION}answers:")
    assert load(room).render("question", FACTS, "id", line) == said


def test_an_untranslated_message_falls_back_to_indonesian_and_is_reported(room: Path) -> None:
    change(room / MESSAGES, 'Kartu gratis."\n  incomplete', 'Kartunya gratis."\n  incomplete')
    assert complaints(room) == [
        f"{language}/sms.po:13: booked was translated from an older text"
        for language in ("su", "jv", "en")
    ]
    assert "Kartunya gratis" in load(room).render("booked", FACTS, "su", SILENT)


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        ("Kartu gratis selamanya untuk semua.", "169 septets at widest, one SMS carries 160"),
        ("Bayar di kantor.", "no SMS of ours holds money"),
        ("Lihat disnaker.go.id", "no SMS of ours holds a link"),
        ("NIK 3210115508980001", "no SMS of ours holds a NIK"),
        ("Mohon datang.", "'mohon' is an office word, say 'tolong'"),
        ("Kartu “gratis”.", "“” is not in GSM-7"),
        ("Kartu {gratis}.", "a brace that is no {name:width}"),
        ("{answer:24}!!", "{answer:24} is the last thing said"),
    ],
)
def test_one_bad_line_is_reported_where_it_stands(room: Path, new: str, complaint: str) -> None:
    source = room / MESSAGES
    change(source, 'Kartu gratis."\n  incomplete', f'{new}"\n  incomplete')
    found = [told for told in complaints(room) if told.startswith("messages.yaml")]
    assert found
    assert found[0].startswith("messages.yaml:9: booked: ")
    assert complaint in found[0]


def test_a_message_must_begin_with_the_office(room: Path) -> None:
    change(room / MESSAGES, '"{place:20}: ada yang', '"Ada yang')
    assert "messages.yaml:17: nik_used: does not begin with the office" in complaints(room)


def test_a_translation_that_loses_a_slot_is_reported_there_and_nowhere_else(room: Path) -> None:
    change(room / "locale/en/sms.po", "Bring it {open:18}.", "Bring it.")
    (told,) = complaints(room)
    assert told.endswith("incomplete: its slots differ from the Indonesian ones")
    assert told.startswith("en/sms.po:")


def test_a_message_with_no_words_in_a_language_is_reported(room: Path) -> None:
    change(room / MESSAGES, "\nanswers:", f"{QUESTION}answers:")
    assert [told for told in complaints(room) if "question" in told] == [
        f"messages.yaml:{ANSWERS + 1}: question has no words in {language}"
        for language in ("su", "jv", "en")
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  ready:", "  booked:", "messages.yaml:12: booked is said twice"),
        ("  ready:\n    text:", "  ready:\n    texts:", "messages.yaml:13: texts is said twice or"),
        ("answers:\n", "answer:\n", f"messages.yaml:{ANSWERS}: answer is said twice or not known"),
    ],
)
def test_a_file_of_another_shape_is_refused(room: Path, old: str, new: str, told: str) -> None:
    change(room / MESSAGES, old, new)
    with pytest.raises(ValueError, match=told):
        load(room)


def test_a_language_that_is_not_offered_is_said_in_indonesian() -> None:
    said = speaking(("id", "su"))
    for language, heard in [("jv", "id"), ("su", "su"), ("id", "id")]:
        assert said("ready", FACTS, language, SILENT) == render("ready", FACTS, heard, SILENT)
