"""Which addresses a listener's callback may have: the public ones, so that nobody reaches our own network through us.

A name is looked up again at every call, and the call goes to the address that was checked: a name that points
elsewhere a moment later gains nothing.
"""

import asyncio
import socket
from functools import partial
from ipaddress import IPv6Address, ip_address
from typing import Final

from backend.time_limit import in_background

LOOK_UP_SECONDS: Final = 2.0


class CallbackRefused(Exception):
    """The callback's host can't be found, or is not to be called; the message says which, and never the URL."""


async def address_of(host: str, *, private: bool) -> str:
    """An address to call `host` at. `private`: also one that is not public. Raises CallbackRefused."""
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            # Not in a thread of the loop's own: the loop's end would wait for a name server that does not answer.
            look_up = in_background(partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM))
            found = await asyncio.wrap_future(look_up)
    except (OSError, UnicodeError, TimeoutError) as unknown:
        raise CallbackRefused("the host can't be found") from unknown
    # IPv4 first: a machine without IPv6 is told of such addresses as well.
    addresses = sorted({str(entry[4][0]) for entry in found}, key=lambda address: (":" in address, address))
    if not private and not all(is_public(address) for address in addresses):
        raise CallbackRefused("the host has an address that is not public")
    return addresses[0]


def is_public(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast
