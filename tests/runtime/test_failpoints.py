"""A failpoint kills where it is told to, once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from runtime import failpoints

_SCRIPT = """
import sys
from pathlib import Path
from runtime.failpoints import armed
reach = armed(frozenset({"here"}), Path(sys.argv[1]))
reach("elsewhere")
reach("here")
print("lived")
"""


def _run(home: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(home)], capture_output=True, check=False
    )


def test_a_process_dies_at_its_failpoint_once_for_a_home(tmp_path: Path) -> None:
    first, second = _run(tmp_path), _run(tmp_path)
    assert (first.returncode, first.stdout) == (failpoints.EXIT, b"")
    assert (second.returncode, second.stdout) == (0, b"lived\n")


def test_without_names_there_is_no_failpoint(tmp_path: Path) -> None:
    assert failpoints.armed(frozenset(), tmp_path) is failpoints.none
    assert list(tmp_path.iterdir()) == []
