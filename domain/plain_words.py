"""Words of offices and computers, and what a farmer says instead; screens and SMS hold none.

The lists are ours, from what people ask back about at a counter. Loan words are the same in
Sundanese and Javanese, so one list serves Indonesian and both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

_SLOT: Final = re.compile(r"\{[^}]*\}")
_WORD: Final = re.compile(r"[^\W\d_]+")
# What is sent as an SMS is quoted as it is sent: "SMS STATUS untuk kabar kartu".
_KEYWORDS: Final = frozenset({"STATUS", "INFO"})

STEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "verifikasi": "periksa",
        "validasi": "periksa",
        "registrasi": "daftar",
        "konfirmasi": "benar?",
        "autentikasi": "periksa",
        "otorisasi": "izin",
        "identifikasi": "kenal",
        "identitas": "KTP",
        "notifikasi": "kabar",
        "informasi": "kabar",
        "aktivasi": "mulai",
        "dokumen": "surat",
        "persyaratan": "yang dibawa",
        "prosedur": "cara",
        "pencaker": "orang yang cari kerja",
        "permohonan": "kartu Anda",
        "pemohon": "Anda",
        "pengaduan": "aduan",
        "reservasi": "pilih hari",
        "kualifikasi": "syarat",
        "kompetensi": "keahlian",
        "preferensi": "mau apa",
        "kategori": "jenis",
        "langganan": "dapat kabar",
        "respon": "jawab",
        "silakan": "(tanpa kata ini)",
        "silahkan": "(tanpa kata ini)",
    }
)
"""Office words, in any form (di-, ter-, -nya), and what people say instead."""

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "input": "ketik",
        "opsi": "pilihan",
        "sesi": "telepon",
        "submit": "kirim",
        "valid": "cocok",
        "invalid": "belum cocok",
        "error": "gangguan",
        "format": "cara tulis",
        "sistem": "kami",
        "server": "kami",
        "login": "masuk",
        "password": "sandi",
        "akun": "nomor HP ini",
        "user": "Anda",
        "status": "kabar",
        "aplikasi": "telepon ini",
        "online": "lewat telepon",
        "fitur": "(tanpa kata ini)",
        "akses": "buka",
        "update": "kabar baru",
        "digit": "angka",
        "karakter": "huruf",
        "instansi": "kantor",
        "kuota": "tempat",
        "lokasi": "tempat",
        "domisili": "tempat tinggal",
        "periode": "waktu",
        "minimal": "paling sedikit",
        "maksimal": "paling banyak",
        "estimasi": "kira-kira",
        "proses": "sedang dibuat",
        "diproses": "sedang dibuat",
        "batalkan": "tidak jadi",
        "mohon": "tolong",
        "harap": "(tanpa kata ini)",
        "apabila": "bila",
        "tersebut": "itu",
        "via": "lewat",
        "tiket": "kode aduan",
        "operator": "petugas",
    }
)
"""Office and computer words that are also parts of good ones, so only alone."""

ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "verify": "check",
        "verification": "check",
        "validate": "check",
        "validation": "check",
        "registration": "getting the card",
        "confirm": "right?",
        "confirmation": "yes",
        "input": "type",
        "enter": "type",
        "option": "choice",
        "select": "choose",
        "session": "call",
        "submit": "send",
        "invalid": "not right yet",
        "error": "problem",
        "authenticate": "check",
        "notification": "news",
        "information": "news",
        "documents": "papers",
        "requirements": "what to bring",
        "status": "news",
        "account": "this phone",
        "application": "card",
        "applicant": "you",
        "vacancy": "job",
        "vacancies": "jobs",
        "ticket": "code",
        "location": "place",
        "process": "being made",
        "procedure": "way",
        "eligible": "may",
        "deadline": "last day",
        "maximum": "at most",
        "minimum": "at least",
        "update": "news",
    }
)


def office_words(template: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield each stopped word of a text in ``language`` (in small letters), and the plain one.

    What stands in a slot ``{name:20}`` is not judged, nor a keyword that is to be sent as an SMS.
    """
    for word in _WORD.findall(_SLOT.sub(" ", template)):
        better = "" if word in _KEYWORDS else _plainer(word.casefold(), language)
        if better:
            yield word.casefold(), better


def count_words(sentence: str) -> int:
    """Return the words of a sentence, a slot counting as one."""
    return len(_WORD.findall(_SLOT.sub(" X ", sentence)))


def _plainer(word: str, language: str) -> str:
    if language == "en":
        return ENGLISH.get(word, "")
    stem = next((stem for stem in STEMS if stem in word), "")
    return STEMS.get(stem) or WORDS.get(word, "")
