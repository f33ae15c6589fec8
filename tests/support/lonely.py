"""Run a command without any network but loopback: `python lonely.py COMMAND …`."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

_SET_FLAGS, _UP = 0x8914, 0x1  # SIOCSIFFLAGS and IFF_UP, netdevice(7)

if __name__ == "__main__":
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - no shell is wanted
