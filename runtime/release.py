"""Brings a database up to this release: tables, offices, the first officer.

Runs before every start and may run as often as one likes.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from runtime.embedded.home import Home, write_private
from runtime.settings import Settings
from services import demo, demo_info, demo_people, demo_vacancies, founding, officers
from services.demo_people import Demo
from services.officers import Added, Refused, Role
from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

_NOTE = "new-passwords.txt"


class CannotRelease(Exception):  # noqa: N818 - said as what it is
    """The settings ask for what no database can hold; the message names the setting."""


def release(settings: Settings, database_url: str, now: datetime) -> tuple[Added, ...]:
    """Migrate and found; return the officers who were made just now, with their passwords.

    In the demo each office gets one. Raises CannotRelease, DatabaseDown, or whatever a
    migration says.
    """
    upgrade(database_url)
    database = Database(database_url)
    try:
        with database.begin() as conn:
            _found_offices(conn, settings, now)
            added = _first_officers(conn, settings, now)
            if settings.demo and added:
                demo_people.settle(Demo(conn, _vault(settings), added[0].officer, now))
            return added
    finally:
        database.dispose()


def keep_passwords(settings: Settings, added: tuple[Added, ...]) -> Path:
    """Write passwords where only the owner of the home reads them; return the file's path."""
    path = Home.at(settings.home).path / _NOTE
    before = path.read_text("utf-8") if path.exists() else ""
    lines = (f"{one.officer.office} {one.officer.email} {one.password}\n" for one in added)
    write_private(path, before + "".join(lines))
    return path


def _found_offices(conn: Connection, settings: Settings, now: datetime) -> None:
    if settings.demo:
        demo.plant(conn)
        demo_vacancies.hang(conn, _vault(settings), now)
        demo_info.hang(conn, now)
    if unknown := founding.found(conn, settings.offices):
        raise CannotRelease("KUNING_OFFICES: no regency has the code " + ", ".join(unknown))


def _vault(settings: Settings) -> Vault:
    return Vault(settings.data_keys, settings.data_key, settings.index_key)


def _first_officers(conn: Connection, settings: Settings, now: datetime) -> tuple[Added, ...]:
    if settings.admin_email is None:
        return ()
    first = officers.first(
        conn,
        office=settings.offices[0],
        email=settings.admin_email,
        password=settings.admin_password,
        now=now,
    )
    if first is None:
        return ()
    others = settings.offices[1:] if settings.demo else ()
    return (_added(first), *(_colleague(conn, office, now) for office in others))


def _colleague(conn: Connection, office: str, now: datetime) -> Added:
    return _added(
        officers.add(
            conn,
            office=office,
            email=f"petugas-{office}@kuning.example",
            name=f"Petugas {office}",
            role=Role.HEAD,
            by=None,
            now=now,
        )
    )


def _added(outcome: Added | Refused) -> Added:
    if isinstance(outcome, Refused):
        raise CannotRelease(f"KUNING_ADMIN_EMAIL: the first officer is refused ({outcome.why})")
    return outcome
