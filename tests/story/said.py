"""What the service says in the main job, word for word, in its four languages.

The slots are the person's own: {name} {born} {home} {place} {counter}; {code} is the code in
threes. Written by hand, not made by the product, so that a change of words is seen here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One language: the key that chooses it, six screens, then what follows."""

    key: str
    six: tuple[str, str, str, str, str, str]
    saved: str
    goodbye: str
    first_sms: str
    opens: str
    came: str
    issued: str
    incomplete_sms: str
    incomplete: str
    signing: str
    ready_sms: str
    ready: str
    refused_sms: str
    refused: str


INDONESIAN = Said(
    key="1",
    six=(
        "Disnaker. Kartu kuning gratis. Telepon ",
        "Ketik NIK KTP",
        "Lahir {born}, perempuan. Benar?",
        "Ketik nama panggilan",
        "Tinggal di Kec. {home}?",
        "{name}, datang Sen 23 Nov jam 8 di {place}. Data untuk kartu. Simpan?",
    ),
    saved="Tersimpan. Kode {code}. Kami SMS juga. Mau kabar lowongan lewat SMS?",
    goodbye="{name}, datang Sen 23 Nov jam 8 di {place}. Bawa KTP, ijazah, 2 foto.",
    first_sms="{place}: {name}, datang Sen 23 Nov jam 8. Bawa KTP, ijazah, 2 foto. "
    "Kode {code}. Kartu gratis.",
    opens="{name}: datang Sen 23 Nov jam 8, {counter}. Bawa KTP, ijazah, 2 foto.",
    came="{name}: sudah datang. Kartu sedang dibuat. Tanya petugas di {place}.",
    issued="{name}: kartu aktif sampai 23-11-2028. Lapor mulai 23-05-2027 di {place}.",
    incomplete_sms="{place}: {name}, masih kurang ijazah, KK. Bawa ke kantor Sen-Jum 8-15. "
    "Tanpa janji baru.",
    incomplete="{name}: kurang ijazah, KK. Bawa ke {place}, Sen-Jum 8-15.",
    signing="{name}: kartu menunggu tanda tangan. Tunggu SMS dari Disnaker.",
    ready_sms="{place}: {name}, kartu kuning siap. Ambil di kantor Sen-Jum 8-15. Bawa KTP. "
    "Kartu gratis.",
    ready="{name}: kartu siap. Ambil di {place}, Sen-Jum 8-15. Bawa KTP.",
    refused_sms="{place}: {name}, kartu belum bisa dibuat: NIK beda dengan KTP. "
    "Tanya? Telepon 0233 000000.",
    refused="{name}: belum bisa, NIK beda dengan KTP. Tanya {place}, Sen-Jum 8-15.",
)
SUNDANESE = Said(
    key="2",
    six=(
        "Disnaker. Kartu kuning haratis. Telepon ",
        "Ketik NIK KTP-na",
        "Lahir {born}, perempuan. Leres?",
        "Ketik nami sapopoe",
        "Linggih di Kec. {home}?",
        "{name}, sumping Sen 23 Nop tabuh 8 di {place}. Data kanggo kartu. Simpen?",
    ),
    saved="Tos disimpen. Kode {code}. Dikintun oge ku SMS. Kersa wartos lowongan ku SMS?",
    goodbye="{name}, sumping Sen 23 Nop tabuh 8 di {place}. Candak KTP, ijazah, 2 poto.",
    first_sms="{place}: {name}, sumping Sen 23 Nop tabuh 8. Candak KTP, ijazah, 2 poto. "
    "Kode {code}. Kartu haratis.",
    opens="{name}: sumping Sen 23 Nop tabuh 8, {counter}. Candak KTP, ijazah, 2 poto.",
    came="{name}: tos sumping. Kartu nuju didamel. Taros petugas di {place}.",
    issued="{name}: kartu aktip dugi ka 23-11-2028. Lapor ti 23-05-2027 di {place}.",
    incomplete_sms="{place}: {name}, kirang keneh ijazah, KK. Candak ka kantor Sen-Jum 8-15. "
    "Teu kedah jangji deui.",
    incomplete="{name}: kirang ijazah, KK. Candak ka {place}, Sen-Jum 8-15.",
    signing="{name}: kartu ngantosan tanda tangan. Antosan SMS ti Disnaker.",
    ready_sms="{place}: {name}, kartu kuning tos tiasa dicandak di kantor Sen-Jum 8-15. "
    "Candak KTP. Kartu haratis.",
    ready="{name}: kartu tos tiasa dicandak di {place}, Sen-Jum 8-15. Candak KTP.",
    refused_sms="{place}: {name}, kartu teu acan tiasa didamel: NIK benten sareng KTP. "
    "Bade naros? Telepon 0233 000000.",
    refused="{name}: teu acan tiasa, NIK benten sareng KTP. Taros {place}, Sen-Jum 8-15.",
)
JAVANESE = Said(
    key="3",
    six=(
        "Disnaker. Kertu kuning gratis. Telpon ",
        "Ketik NIK KTP-nipun",
        "Lair {born}, putri. Leres?",
        "Ketik asma padintenan",
        "Manggen ing Kec. {home}?",
        "{name}, rawuh Sen 23 Nov jam 8 ing {place}. Data kangge kertu. Simpen?",
    ),
    saved="Sampun dipunsimpen. Kode {code}. Ugi dipunkintun SMS. "
    "Kersa kabar lowongan lumantar SMS?",
    goodbye="{name}, rawuh Sen 23 Nov jam 8 ing {place}. Bekta KTP, ijazah, 2 foto.",
    first_sms="{place}: {name}, rawuh Sen 23 Nov jam 8. Bekta KTP, ijazah, 2 foto. "
    "Kode {code}. Kertu gratis.",
    opens="{name}: rawuh Sen 23 Nov jam 8, {counter}. Bekta KTP, ijazah, 2 foto.",
    came="{name}: sampun rawuh. Kertu saweg dipundamel. Tangled petugas ing {place}.",
    issued="{name}: kertu aktif dumugi 23-11-2028. Lapor wiwit 23-05-2027 ing {place}.",
    incomplete_sms="{place}: {name}, taksih kirang ijazah, KK. Bekta dhateng kantor Sen-Jum 8-15. "
    "Mboten sah janji malih.",
    incomplete="{name}: kirang ijazah, KK. Bekta dhateng {place}, Sen-Jum 8-15.",
    signing="{name}: kertu nengga tapak asta. Tengga SMS saking Disnaker.",
    ready_sms="{place}: {name}, kertu kuning sampun dados. Pundhut ing kantor Sen-Jum 8-15. "
    "Bekta KTP. Kertu gratis.",
    ready="{name}: kertu sampun dados. Pundhut ing {place}, Sen-Jum 8-15. Bekta KTP.",
    refused_sms="{place}: {name}, kertu dereng saged dipundamel: NIK benten kaliyan KTP. "
    "Badhe tangled? Telpon 0233 000000.",
    refused="{name}: dereng saged, NIK benten kaliyan KTP. Tangled {place}, Sen-Jum 8-15.",
)
ENGLISH = Said(
    key="4",
    six=(
        "Disnaker. Yellow card: free. Call: ",
        "Type the NIK (KTP)",
        "Born {born}, female. Right?",
        "Type the name you go by",
        "Home in Kec. {home}?",
        "{name}, come Mon 23 Nov at 8 to {place}. Data is for the card. Save?",
    ),
    saved="Saved. Code {code}. We also send it by SMS. Do you want job news by SMS?",
    goodbye="{name}, come Mon 23 Nov at 8 to {place}. Bring KTP, diploma, 2 photos.",
    first_sms="{place}: {name}, come Mon 23 Nov at 8. Bring KTP, diploma, 2 photos. "
    "Code {code}. The card is free.",
    opens="{name}: come Mon 23 Nov at 8, {counter}. Bring KTP, diploma, 2 photos.",
    came="{name}: has come. The card is being made. Ask an officer at {place}.",
    issued="{name}: the card is active until 23-11-2028. Report from 23-05-2027 at {place}.",
    incomplete_sms="{place}: {name}, still missing diploma, KK. Bring it Mon-Fri 8-15. "
    "No new day needed.",
    incomplete="{name}: missing diploma, KK. Bring to {place}, Mon-Fri 8-15.",
    signing="{name}: the card waits for a signature. Wait for the SMS from Disnaker.",
    ready_sms="{place}: {name}, your yellow card is ready. Fetch it Mon-Fri 8-15. "
    "Bring your KTP. The card is free.",
    ready="{name}: the card is ready. Fetch it at {place}, Mon-Fri 8-15. Bring KTP.",
    refused_sms="{place}: {name}, the card cannot be made yet: NIK differs from KTP. "
    "Questions? Call 0233 000000.",
    refused="{name}: not yet, NIK differs from KTP. Ask {place}, Mon-Fri 8-15.",
)
SAID = {"id": INDONESIAN, "su": SUNDANESE, "jv": JAVANESE, "en": ENGLISH}
