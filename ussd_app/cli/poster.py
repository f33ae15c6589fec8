"""`kuning poster`: a sheet to hang up in each village, with a code of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from domain import villages
from domain.villages import Village
from ussd_app.cli import opening


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("posters.pdf"),
    show_default=True,
    help="the PDF to write: A4, a page a village",
)
@click.option("--list", "only_list", is_flag=True, help="name villages and their codes instead")
def command(codes: tuple[str, ...], out: Path, *, only_list: bool) -> None:
    """Draw a poster for each village of the CODEs: 32.10.11.2001, or all of 32.10.11 or 32.10.

    Without a CODE for all villages of KUNING_OFFICES that we have. The menus page of the desk
    tells how many called from each.
    """
    from ussd_app.posters import sheet  # noqa: PLC0415 - heavy

    settings = opening.settings()
    line = sheet.Line(settings.service_code, settings.tariff)
    chosen = _chosen(codes or _known(settings.offices))
    if only_list:
        for village in chosen:
            told = f"{village.name}, {village.district}"
            click.echo(f"{village.code}  {sheet.deep_code(village, line)}  {told}")
        return
    drawn = sheet.sheets(chosen, line)
    with opening.on_disk():
        out.write_bytes(drawn)
    click.echo(f"{out}: {len(chosen)} posters")


def _known(offices: Sequence[str]) -> list[str]:
    """Return the offices whose villages are in our file; tell of the others."""
    without = [code for code in offices if not _of(code)]
    for code in without:
        click.echo(f"{code}: none of its villages are in our file, so no poster", err=True)
    if known := [code for code in offices if code not in without]:
        return known
    raise click.UsageError("there is no village to draw a poster for")


def _chosen(codes: Iterable[str]) -> list[Village]:
    """Return the villages of all codes, each once; a code that names none is a mistake."""
    found: dict[str, Village] = {}
    for code in codes:
        if not (some := _of(code)):
            raise click.UsageError(f"{code} is no village, sub-district or regency we have")
        found |= some
    return list(found.values())


def _of(code: str) -> Mapping[str, Village]:
    return {one: v for one, v in villages.every().items() if f"{one}.".startswith(f"{code}.")}
