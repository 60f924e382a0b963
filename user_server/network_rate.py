"""How often one network address may ask: kept in this process, exact, and bounded however many addresses come."""

import ipaddress
from collections import Counter, deque
from datetime import datetime, timedelta
from urllib.parse import unquote

from service_kit.errors import ResourceExhausted
from user_server.sign_in_store import Clock, utc_now

WINDOW = timedelta(minutes=10)
REMEMBERED = 50_000
"""Requests of all addresses together; beyond, the oldest is forgotten before its time."""

NETWORK_BITS = 64  # what one IPv6 customer of a provider has at least


class NetworkRate:
    """Lets `limit` requests in ten minutes through from each network address; 0 lets all through."""

    def __init__(self, limit: int, clock: Clock = utc_now, remembered: int = REMEMBERED) -> None:
        self._limit = limit
        self._clock = clock
        self._remembered = remembered
        self._requests: deque[tuple[datetime, str]] = deque()
        self._counts: Counter[str] = Counter()

    def count(self, peer: str) -> None:
        """Notes a request from `peer` (as gRPC names it). Raises ResourceExhausted (`TOO_MANY_REQUESTS`)."""
        if not self._limit:
            return
        now, source = self._clock(), network_of(peer)
        self._forget(now - WINDOW)
        if self._counts[source] >= self._limit:
            raise _too_many(self._limit)
        self._requests.append((now, source))
        self._counts[source] += 1

    def _forget(self, until: datetime) -> None:
        while self._requests and (self._requests[0][0] <= until or len(self._requests) >= self._remembered):
            _, source = self._requests.popleft()
            self._counts[source] -= 1
            if not self._counts[source]:
                del self._counts[source]


def network_of(peer: str) -> str:
    """The address in `ipv4:192.0.2.1:5000`, the network in `ipv6:[2001:db8::1]:5000`; else what was given."""
    kind, _, rest = unquote(peer).partition(":")
    host = rest.rpartition(":")[0].strip("[]").partition("%")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return kind
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address), NETWORK_BITS), strict=False))
    return str(address)


def _too_many(limit: int) -> ResourceExhausted:
    minutes = int(WINDOW.total_seconds() // 60)
    return ResourceExhausted(
        "TOO_MANY_REQUESTS",
        f"At most {limit} requests to sign in are taken from one network address in {minutes} minutes; wait a little.",
        limit=str(limit),
        minutes=str(minutes),
    )
