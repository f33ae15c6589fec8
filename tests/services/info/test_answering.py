"""Every shipped answer may go out by SMS, in every language, and says what its office does."""

from __future__ import annotations

from domain.faq import shipped
from domain.words import LANGUAGES
from services.demo import offices
from services.info import answering
from services.info.answering import Entry
from sms.issues import held


def entries() -> list[Entry]:
    return [Entry(key, said, ()) for key, said in shipped.articles().items()]


def test_no_shipped_answer_holds_a_link_money_or_a_nik() -> None:
    for entry in entries():
        for language in LANGUAGES:
            said = entry.said(language)
            assert not held(f"{said.title}. {said.text}"), (entry.key, language)


def test_an_answer_names_the_facts_of_its_office_in_the_language_it_is_told_in() -> None:
    majalengka, _ = offices()
    hours = next(one for one in entries() if one.key == "hours")
    assert answering.say(hours, majalengka, "id").startswith("Kantor buka Sen-Jum 8-15.")
    assert answering.say(hours, majalengka, "en").startswith("The office is open Mon-Fri 8-15.")
    assert answering.may_say(hours, majalengka)
    assert not answering.may_say(hours, None)


def test_what_a_language_lacks_is_told_in_indonesian() -> None:
    own = Entry("parking", {"id": shipped.Words("Parkir", "Di belakang.", dials=False)}, ())
    assert answering.say(own, None, "jv") == "Di belakang."
    assert answering.titled(own, "su") == "Parkir"
