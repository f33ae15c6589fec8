"""The vacancies of a town: entered, published and closed in a transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from services.vacancies import importing, publishing
from services.vacancies.importing import Report
from services.vacancies.publishing import Clerk, Outcome
from storage import vacancies
from storage.tables import vacancy_interests
from storage.vacancies import Vacancy
from tests.services.cards.town import MAJALENGKA, Town
from tests.support.jobs import SEWING

HEAD: Final = (
    "nomor;jabatan;perusahaan;diperiksa;bidang;pendidikan;tempat;kecamatan;jumlah;upah;uraian;"
    "lamar_di;jam_buka;bawa;sampai"
)
FIRST: Final = (
    "L-1;Operator jahit;PT Contoh Garmen;ya;Garmen/jahit;SMP/MTs;Majalengka;Jatiwangi;25;2,4 juta;"
    "Menjahit kemeja.;Disnaker Majalengka;Sen-Jum 08.00-15.00;KTP, kartu kuning;31-12-2026"
)
SECOND: Final = (
    "L-2;Kasir;Toko Contoh;tidak;shop;;32.10;;;;;Toko Contoh Jatiwangi;1-6 09:00-16:00;KTP;"
    "2026-12-01"
)


def sheet(*lines: str, head: str = HEAD) -> bytes:
    """A file of these lines."""
    return "\n".join((head, *lines, "")).encode()


@dataclass(slots=True)
class Board:
    """Where vacancies hang; all it does is done by a command of the house, or by its office."""

    town: Town

    @contextmanager
    def clerk(self, office: str = MAJALENGKA) -> Iterator[Clerk]:
        """Somebody who works on an office's vacancies."""
        with self.town.database.begin() as conn:
            yield Clerk(conn, self.town.vault, self.town.now, office)

    def drafts(self, office: str = MAJALENGKA, **changes: Any) -> str:
        """Enter a vacancy."""
        with self.clerk(office) as clerk:
            return publishing.enter(clerk, replace(SEWING, **changes))

    def hangs(self, office: str = MAJALENGKA, **changes: Any) -> str:
        """Enter and publish a vacancy, a second later than all others."""
        self.town.after(seconds=1)
        vacancy_id = self.drafts(office, **changes)
        assert isinstance(self.does(publishing.publish, vacancy_id, office), publishing.Done)
        return vacancy_id

    def does(
        self,
        step: Callable[[Clerk, str, int], Outcome],
        vacancy_id: str,
        office: str = MAJALENGKA,
        version: int | None = None,
    ) -> Outcome:
        """Make a step on what was just seen."""
        seen = self.vacancy(vacancy_id).version if version is None else version
        with self.clerk(office) as clerk:
            return step(clerk, vacancy_id, seen)

    def vacancy(self, vacancy_id: str) -> Vacancy:
        """A vacancy as it stands."""
        with self.town.database.begin() as conn:
            found = vacancies.get(conn, vacancy_id)
        assert found
        return found

    def all(self, office: str = MAJALENGKA) -> list[Vacancy]:
        """All of an office's vacancies, by their number."""
        with self.town.database.begin() as conn:
            found = vacancies.of_office(conn, office, 9999)
        return sorted(found, key=lambda one: one.reference or "")

    def wishes(self) -> list[Mapping[str, Any]]:
        """Who wants what, oldest first."""
        query = select(vacancy_interests).order_by(vacancy_interests.c.created_at)
        with self.town.database.begin() as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def imports(self, file: bytes, *, publish: bool = False, dry: bool = False) -> Report:
        """Take a file."""
        with self.clerk() as clerk:
            return importing.load(clerk, file, publish=publish, dry=dry)
