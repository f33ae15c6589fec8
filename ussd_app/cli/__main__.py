"""`python -m ussd_app.cli` is `kuning`."""

from __future__ import annotations

from ussd_app.cli import main

main(prog_name="kuning")
