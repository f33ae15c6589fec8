"""SMS to the service, from the wire of the gateway to the answer on the handset."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.card import State
from runtime.wiring import House
from services.cards import counter
from services.incoming import Hearing
from sms.gateway import IncomingSms
from sms.message import Lane
from storage import callers, outbox, places
from storage.tables import card_requests, incoming_messages, messages, optouts
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.outage import locked_out
from tests.support.phone import SITI, Phone
from tests.support.staff import SARI, employ

BUDI = "+6281200000002"


def kept(house: House) -> list[tuple[str, str]]:
    """Kind and state of every SMS that came in."""
    rows = select(incoming_messages).order_by(incoming_messages.c.created_at)
    with house.database.begin() as conn:
        return [(row.kind, row.state) for row in conn.execute(rows)]


def registers(house: House, clock: Clock, **changes: Any) -> str:
    with house.database.begin() as conn:
        return applicants.enters(conn, house.vault, now=clock(), **changes)


def test_status_tells_what_the_status_screen_tells(phone: Phone) -> None:
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    phone.types("1").types("2").types("1").hung_up()
    phone.texts("status?").got_sms(
        "Disnaker Majalengka: Siti, datang Sen 23 Nov jam 8, loket 2. Bawa KTP, ijazah"
    )
    assert len(phone.inbox()) == 2


def test_status_of_an_unknown_number_tells_how_to_begin(house: House, phone: Phone) -> None:
    phone.texts("STATUS")
    phone.got_sms("Disnaker: daftar atau lihat kartu kuning lewat HP ini", "Tekan *123#")
    assert kept(house) == [("status", "answered")]


def test_status_tells_nobody_of_another_number(house: House, clock: Clock, url: str) -> None:
    registers(house, clock, phone=SITI)
    stranger = Phone(house, clock, url, BUDI).texts("STATUS 100000000").texts("STATUS")
    for text in stranger.inbox():
        assert "Siti" not in text
    stranger.got_sms("Tekan *123#")


def test_each_card_of_a_number_is_told_in_an_sms_of_its_own(
    house: House, phone: Phone, clock: Clock
) -> None:
    for serial in range(1, 8):
        changes = {"phone": SITI, "call_name": f"Anak {serial}"}
        registers(house, clock, nik=f"321011150898{serial:04d}", **changes)
    phone.texts("STATUS")
    texts = phone.inbox()
    assert len(texts) == 6
    assert sum("Anak" in text for text in texts) == 5
    assert sum("masih ada 2 kartu lain" in text for text in texts) == 1


def test_a_number_silent_for_half_a_year_hears_only_what_to_dial(
    house: House, phone: Phone, clock: Clock
) -> None:
    registers(house, clock, phone=SITI, day=None, hour=None, holds_slot=False, state="ready")
    phone.after(days=180).texts("STATUS").got_sms("Siti, kartu siap")
    phone.after(days=180).texts("STATUS").got_sms("Siti, kartu siap")
    phone.after(days=185).texts("STATUS").got_sms("Tekan *123#")
    assert "Siti" not in phone.inbox()[0]
    phone.texts("STATUS").texts("STATUS")
    assert sum("Siti" in text for text in phone.inbox()) == 2


def test_a_new_owners_card_does_not_bring_the_old_owners_back(
    house: House, phone: Phone, clock: Clock
) -> None:
    registers(house, clock, phone=SITI, day=None, hour=None, holds_slot=False, state="issued")
    phone.after(days=185)
    with house.database.begin() as conn:
        callers.seen(conn, house.vault.index("phone", SITI), "sealed", "en", clock())
    registers(house, clock, nik="3210111508980001", phone=SITI, call_name="Budi")
    phone.texts("STATUS").got_sms("Disnaker Majalengka: Budi")
    assert not any("Siti" in text for text in phone.inbox())


def test_stop_is_in_force_at_once_and_confirmed_once(house: House, phone: Phone) -> None:
    phone.texts("Berhenti.", id="a").texts("Berhenti.", id="a").texts("STOP", id="b")
    phone.got_sms("SMS lowongan kami hentikan", "Kabar kartu")
    assert len(phone.inbox()) == 1
    phone.after(hours=11).texts("Berhenti.", id="a").texts("STOP", id="c")
    assert len(phone.inbox()) == 1
    with house.database.begin() as conn:
        assert len(conn.execute(select(optouts)).all()) == 1
    assert kept(house) == [("stop", "answered")] * 3


def test_mulai_ends_a_stop_and_brings_back_only_what_was_agreed_to(
    house: House, phone: Phone
) -> None:
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    phone.types("1").types("1").types("1").types("1").types("1").types("1").types("1").hung_up()
    phone.texts("STOP").texts("mulai").got_sms("SMS lowongan kami kirim lagi", "SMS STOP")
    phone.texts("STOP").got_sms("SMS lowongan kami hentikan")
    with house.database.begin() as conn:
        assert len(conn.execute(select(optouts)).all()) == 1


def test_mulai_without_an_earlier_consent_promises_nothing(phone: Phone) -> None:
    phone.texts("START").got_sms("Tekan *123#").texts("REG")
    assert not any("lowongan" in text for text in phone.inbox())


@pytest.mark.parametrize("text", ["bantuan", "HELP", "info", "", "  ", "daftar"])
def test_help_says_what_can_be_done(phone: Phone, text: str) -> None:
    phone.texts(text).got_sms("SMS STATUS untuk kabar kartu", "STOP", "Mau daftar? Tekan *123#")


def test_answers_speak_the_language_of_the_number(phone: Phone) -> None:
    phone.in_language("su").texts("bantuan").got_sms("kanggo wartos kartu")


def test_anything_else_waits_for_an_officer_and_is_acknowledged_once_a_day(
    house: House, phone: Phone
) -> None:
    phone.texts("Kantor buka Sabtu?").texts("Halo bu?")
    phone.got_sms("SMS sudah kami terima. Petugas membalas pada jam kerja.")
    assert len(phone.inbox()) == 1
    phone.after(days=1).texts("Jadi bagaimana?")
    assert len(phone.inbox()) == 2
    assert kept(house) == [("free", "new")] * 3


@pytest.mark.parametrize(
    "date",
    ["2017-05-03T06:04:45Z", "2017-05-03 06:04:45", "", "kemarin", "2099-01-01 00:00:00",
     "0001-01-01T00:00:00+14:00", "2026-11-22T02:59:00Z"],
)  # fmt: skip
def test_an_odd_date_is_replaced_by_our_own(house: House, phone: Phone, date: str) -> None:
    phone.texts("Halo bu", date=date)
    with house.database.begin() as conn:
        (at,) = conn.scalars(select(incoming_messages.c.received_at)).all()
    now = house.clock()
    assert at == (now.replace(hour=2, minute=59, second=0) if date.startswith("2026") else now)


@pytest.mark.parametrize(
    "number", ["+254720123123", "TELKOMSEL", "+62233281234", "4444", "'; drop table"]
)
def test_who_cannot_be_answered_is_kept_and_never_written_to(
    house: House, phone: Phone, number: str
) -> None:
    for text in ("STATUS", "STOP", "Halo, ini bukan iklan"):
        phone.texts(text, **{"from": number})
    assert kept(house) == [("status", "closed"), ("stop", "closed"), ("free", "new")]
    with house.database.begin() as conn:
        assert conn.execute(select(messages)).all() == []


def test_ten_thousand_letters_are_kept_whole_and_sealed(house: House, phone: Phone) -> None:
    words = "Saya mau bertanya. " * 526
    phone.texts(words, id="x" * 2000)
    with house.database.begin() as conn:
        (row,) = conn.execute(select(incoming_messages)).all()
    assert "bertanya" not in row.text_sealed
    assert house.vault.open(row.text_sealed, where=places.incoming_text(row.id)) == words


def test_two_machines_do_not_talk_for_ever(house: House, phone: Phone) -> None:
    for _ in range(12):
        phone.texts("INFO")
    assert len(phone.inbox()) == 5
    for _ in range(30):
        phone.after(hours=1).texts("INFO")
    assert len(phone.inbox()) <= 5 + 2 * 20
    phone.texts("STOP").got_sms("SMS lowongan kami hentikan")
    assert kept(house)[5:12] == [("help", "closed")] * 7


def test_what_comes_while_postgresql_is_away_is_answered_once_it_is_back(
    house: House, phone: Phone, postgres_url: str
) -> None:
    from workers.duties import duties  # noqa: PLC0415 - the clock, for its one duty

    with locked_out(postgres_url):
        phone.texts("STOP", id="a").texts("STOP", id="a").texts("Halo bu", id="b")
    (spool,) = [duty for duty in duties(house, lambda: False) if duty.name == "sms.spool"]
    for _ in range(2):
        spool.run(house.clock())
    assert sorted(kept(house)) == [("free", "new"), ("stop", "answered")]
    assert len(phone.inbox()) == 2


def test_stop_takes_back_what_waits_and_lets_nothing_more_in(
    house: House, phone: Phone, clock: Clock
) -> None:
    def alert(key: str) -> bool:
        with house.database.begin() as conn:
            return outbox.add(
                conn,
                house.vault,
                office="32.10",
                request_id=None,
                lane=Lane.BULK,
                template="nik_used",
                language="id",
                params={"place": "Disnaker", "phone": "0233"},
                to=SITI,
                dedupe_key=key,
                now=clock(),
            )

    assert alert("before")
    phone.texts("STOP").got_sms("SMS lowongan kami hentikan")
    assert not alert("after")
    assert len(phone.inbox()) == 1
    phone.texts("MULAI")
    assert alert("asked for")


def test_what_was_to_be_told_is_taken_back_when_it_is_no_longer_so(
    house: House, phone: Phone, clock: Clock
) -> None:
    request = registers(house, clock, phone=SITI)
    phone.texts("STATUS")
    with house.database.begin() as conn:
        employ(conn)
        counter.came(counter.Desk(conn, house.vault, SARI, clock()), request, 1)
    phone.got_no_sms()
    phone.after(seconds=11).got_sms("Siti, sudah datang. Kartu sedang dibuat.")
    assert len(phone.inbox()) == 1


def test_one_sms_told_by_many_callbacks_at_once_is_one(house: House, phone: Phone) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: phone.texts("bantuan", id="same"), range(16)))
        list(pool.map(lambda number: phone.texts("STOP", id=f"stop-{number}"), range(8)))
    assert len(phone.inbox()) == 2
    assert sorted(kept(house)) == [("help", "answered"), *[("stop", "answered")] * 8]


def test_the_same_id_of_another_gateway_is_another_sms(house: House, clock: Clock) -> None:
    hearing = Hearing(house.database, house.vault, house.settings.regions, list)
    sms = IncomingSms("1", SITI, "21512", "bantuan")
    assert [hearing.hear(name, sms, clock()) for name in ("a", "b", "a")] == [True, True, False]


TOLD = {
    State.REQUESTED: ("requested", "data masih diperiksa petugas. Tunggu SMS kami."),
    State.BOOKED: ("booked", "datang Sen 23 Nov jam 9, loket 2. Bawa KTP, ijazah, 2 foto."),
    State.CAME: ("came", "sudah datang. Kartu sedang dibuat. Tanya petugas di kantor."),
    State.INCOMPLETE: ("incomplete", "kurang ijazah. Bawa ke kantor Sen-Jum 8-15."),
    State.SIGNING: ("signing", "kartu menunggu tanda tangan. Tunggu SMS kami."),
    State.READY: ("ready", "kartu siap. Ambil di kantor Sen-Jum 8-15. Bawa KTP."),
    State.ISSUED: ("issued", "kartu aktif sampai 22-11-2028. Lapor mulai 22-05-2027 di kantor."),
    State.REPORT_DUE: ("report_due", "waktunya lapor kartu kuning. Masih cari kerja? Tekan *123#."),
    State.REPORTED: ("issued", "kartu aktif sampai 22-11-2028. Lapor mulai 22-05-2027 di kantor."),
    State.NO_SHOW: ("no_show", "janji Sen 23 Nov sudah lewat. Mau hari baru? Tekan *123#."),
    State.REFUSED: ("refused", "kartu belum bisa: umur belum cukup. Tanya? Telepon 0233 000000."),
    State.EXPIRED: ("lapsed", "tidak ada kartu aktif. Buat kartu baru? Tekan *123#."),
}


@pytest.mark.parametrize("state", TOLD)
def test_every_state_is_told_in_one_segment_of_each_language(
    house: House, phone: Phone, clock: Clock, state: State
) -> None:
    waiting = {"holds_slot": False} | (
        {} if state in {State.BOOKED, State.NO_SHOW} else {"day": None, "hour": None}
    )
    request = registers(house, clock, phone=SITI, state=state, **waiting)
    facts = {"missing": "diploma", "reason": "too_young"}
    days = {"expires_on": date(2028, 11, 22), "next_report_on": date(2027, 5, 22)}
    template, words = TOLD[state]
    for language in ("su", "jv", "en", "id"):
        with house.database.begin() as conn:
            conn.execute(card_requests.update().values(language=language, **facts, **days))
        phone.after(hours=1).texts("STATUS").got_sms("Disnaker Majalengka: Siti")
    phone.got_sms(words)
    with house.database.begin() as conn:
        rows = conn.execute(select(messages.c.template, messages.c.segments, messages.c.request_id))
        assert rows.all() == [(f"status_{template}", 1, request)] * 4
    assert len(set(phone.inbox())) == 4
