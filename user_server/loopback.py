"""Which hosts are this machine."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Is `host`, a name or an address, reached from this machine only?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
