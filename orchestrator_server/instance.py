"""Names this instance among all that share a store, so that one that is known to be gone need not be waited for."""

import os
import socket
import uuid


def instance_name() -> str:
    """Host, process and a word that no other process has: `host/123/5f2a...`."""
    return f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"


def gone(name: str) -> bool:
    """Is the instance `name` surely gone? Only those of this host can be told; others' leases run out by themselves."""
    host, _, rest = name.partition("/")
    pid = rest.partition("/")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
