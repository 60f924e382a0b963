"""So many requests of one network address, and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from service_kit.errors import ResourceExhausted
from user_server.network_rate import NetworkRate, network_of


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("ipv4:192.0.2.7:5000", "192.0.2.7"),
        ("ipv6:[2001:db8:1:2::7]:5000", "2001:db8:1:2::/64"),
        ("ipv6:%5B2001:db8:1:2:ffff::9%5D:61000", "2001:db8:1:2::/64"),
        ("ipv6:%5B::ffff:192.0.2.7%5D:5000", "192.0.2.7"),
        ("ipv6:[fe80::1%25eth0]:5000", "fe80::/64"),
        ("ipv6:%5B::1%5D:5000", "::/64"),
        ("unix:/tmp/socket", "unix"),
        ("unix:", "unix"),
        ("", ""),
    ],
)
def test_a_peer_belongs_to_a_network(peer, network):
    assert network_of(peer) == network


def test_the_window_slides():
    clock = Clock()
    rate = NetworkRate(2, clock)
    for peer in ("ipv4:192.0.2.7:1", "ipv4:192.0.2.7:2"):
        rate.count(peer)
        clock.now += timedelta(minutes=1)
    with pytest.raises(ResourceExhausted, match="At most 2 requests") as caught:
        rate.count("ipv4:192.0.2.7:3")
    assert caught.value.reason == "TOO_MANY_REQUESTS"
    rate.count("ipv4:192.0.2.8:3")
    clock.now += timedelta(minutes=8)
    rate.count("ipv4:192.0.2.7:4")
    with pytest.raises(ResourceExhausted):
        rate.count("ipv4:192.0.2.7:5")


def test_zero_lets_all_through():
    rate = NetworkRate(0)
    for _ in range(1000):
        rate.count("ipv4:192.0.2.7:1")


def test_however_many_addresses_come_little_is_remembered():
    rate = NetworkRate(1, Clock(), remembered=10)
    for number in range(100):
        rate.count(f"ipv4:192.0.2.{number}:1")
    with pytest.raises(ResourceExhausted):
        rate.count("ipv4:192.0.2.99:1")
    rate.count("ipv4:192.0.2.1:1")  # forgotten before its time
