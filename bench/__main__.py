"""`make bench`: everything in one run, some twelve minutes on two cores; nothing else should run.

Only loopback is used; what is started is ended by its number; data lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import candidates, house, parts
from bench.driving import Driver
from bench.installation import installation
from bench.machine import machine
from bench.report import Report
from bench.side_by_side import Callers, compare
from bench.sizes import WHOLE, Sizes

FOLDER: Final = Path(__file__).parents[1] / "docs" / "bench"


def run(sizes: Sizes) -> Report:
    """Run every part in a home that is gone afterwards."""
    told = machine()
    with tempfile.TemporaryDirectory(prefix="kuning-bench-") as name:
        folder, callers = Path(name), Callers()
        driver = Driver(folder)
        with installation(folder) as stands:
            stands.pin()
            first_answer = house.first_answer(stands, sizes.starts)
            return Report(
                machine=told,
                compared=compare(stands, driver, callers, sizes),
                registrations=house.registrations(stands, driver, callers, sizes),
                memory=house.memory(stands),
                live=house.live_sessions(stands, driver, callers, sizes),
                crowd=house.crowd(stands, driver, callers, sizes),
                crowd_size=sizes.crowd,
                first_answer=first_answer,
            )


def main() -> int:
    """Check what is needed, run, write the figures down and print them."""
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("--folder", type=Path, default=FOLDER, help="where the figures go")
    asked = words.parse_args()
    if lines := parts.missing():
        print("\n".join(lines), file=sys.stderr)
        return 2
    candidates.install_peer()
    print(run(WHOLE).write(asked.folder).read_text("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
