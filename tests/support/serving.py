"""A process that runs the embedded servers of a home until it is ended.

`python -m tests.support.serving HOME` prints one line of JSON when they stand, or why not.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path

from runtime.embedded.errors import EmbeddedError
from runtime.embedded.servers import serve
from runtime.supervisor import stop_on_signals


def main(home: str) -> None:
    """Serve, say so, wait."""
    stop_on_signals()
    try:
        with serve(Path(home), durable=False) as addresses:
            print(json.dumps(asdict(addresses) | {"user": os.geteuid()}), flush=True)  # noqa: T201 - read by the test
            time.sleep(1800)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except EmbeddedError as error:
        print(json.dumps({"refused": str(error)}), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main(sys.argv[1])
