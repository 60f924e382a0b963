"""Part of load.py: what a process took, read from /proc, and what was committed, read from SQLite's shared memory."""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
CHANGES_AT = 8
"""Where the WAL index counts transactions (`iChange`, https://sqlite.org/walformat.html, section 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """CPU seconds of a process so far, and the bytes that it holds."""

    cpu: float
    memory: int


def taken(pid: int) -> Taken:
    """What the process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    return Taken(cpu=(int(fields[11]) + int(fields[12])) / TICK, memory=int(resident) * 1024)


def commits(database: Path) -> int:
    """How many transactions were committed to a WAL database since it was opened; wraps at 2**32."""
    with Path(f"{database}-shm").open("rb") as file:
        (count,) = struct.unpack("=I", file.read(CHANGES_AT + 4)[CHANGES_AT:])
    return int(count)
