"""One address → its bytes, without letting an address reach into the reader's own network.

The name is resolved once, every number that it resolves to is checked, and the connection is
made to the checked number; each redirect starts again from there. Called by ``inputs.py`` and
only when the network is allowed.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from chrestomathy.errors import InputError
from chrestomathy.read.archives import inflate

MAX_REDIRECTS = 5
CHUNK_BYTES = 1 << 16
USER_AGENT = "chrestomathy (reads one page at its user's request)"

_TUNNELS = tuple(ipaddress.IPv6Network(n) for n in ("64:ff9b::/32", "2002::/16", "2001::/32"))
"""IPv6 ranges with an IPv4 address inside (NAT64, 6to4, Teredo): a way round the check."""

_INSIDE = tuple(
    ipaddress.ip_network(n)
    for n in ("fec0::/10", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
)
"""Ranges that the standard library counts as public and that are not: old site-local numbers,
documentation, protocols' own, relays, and the metadata service of one provider of machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answered."""

    data: bytes
    media_type: str | None
    name: str


def is_public(number: str) -> bool:
    """Tell whether an IP address is one of the open internet's.

    Example:
        >>> [is_public(n) for n in ("127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "1.1.1.1")]
        [False, False, False, True]
    """
    ip = ipaddress.ip_address(number.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in _TUNNELS):
            return False
    if any(ip in net for net in _INSIDE if net.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(
    address: str,
    *,
    max_bytes: int,
    timeout_s: float,
    allowed: Callable[[str], bool] = is_public,
) -> Page:
    """Fetch one page.

    Args:
        address: An http or https address.
        max_bytes: Longest answer.
        timeout_s: Longest time for the whole, redirects included.
        allowed: Which IP addresses may be connected to.

    Raises:
        InputError: Refused, not answered, not found, too long, too slow.
    """
    deadline = time.monotonic() + timeout_s
    here = address
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask_once(here, max_bytes, deadline, allowed)
        if isinstance(answer, Page):
            return answer
        here = answer
    raise InputError(f"{address} redirects too often", fix="Give the final address.")


def _ask_once(
    address: str, max_bytes: int, deadline: float, allowed: Callable[[str], bool]
) -> Page | str:
    """Return the page, or the address to go on with."""
    parts = _split(address)
    connection = _connect(parts.scheme, parts.hostname or "", parts.port, deadline, allowed)
    # a socket's own limit starts again with each byte: a slow drip is cut off by the clock
    clock = threading.Timer(_left(deadline), _cut_off, (connection.sock,))
    clock.daemon = True
    clock.start()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(
            "GET",
            _quoted(target),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, identity"},
        )
        response = connection.getresponse()
        where = response.headers.get("Location")
        if response.status in (301, 302, 303, 307, 308) and where:
            return urljoin(address, where)
        if response.status != 200:
            raise InputError(
                f"{address} answers {response.status} {response.reason}",
                fix="Open it in a browser, save the page and give the file.",
            )
        data = _read_body(response, connection, max_bytes, deadline)
        packed = response.headers.get("Content-Encoding", "").strip().lower()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"{address} cannot be fetched: {error or type(error).__name__}",
            fix="Try again later, or save the page in a browser and give the file.",
        ) from error
    finally:
        clock.cancel()
        connection.close()
    if packed in ("gzip", "x-gzip"):
        data = inflate(data, "gz", max_bytes=max_bytes)
    name = unquote(parts.path.rsplit("/", 1)[-1])
    return Page(data=data, media_type=response.headers.get("Content-Type"), name=name)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise InputError(f"{address!r} is no address: {error}", fix="Check it.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(
            f"{address!r} is no http or https address", fix="Only web addresses are fetched."
        )
    return parts


def _connect(
    scheme: str, host: str, port: int | None, deadline: float, allowed: Callable[[str], bool]
) -> http.client.HTTPConnection:
    """Connect to a checked number, never to a name that could resolve anew."""
    port = port or (443 if scheme == "https" else 80)
    number = _resolve(host, port, deadline, allowed)
    connection = http.client.HTTPConnection(host, port)
    try:
        sock = socket.create_connection((number, port), timeout=_left(deadline))
        if scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except OSError as error:
        raise InputError(
            f"{host} cannot be reached: {error}", fix="Check the address and the connection."
        ) from error
    connection.sock = sock
    return connection


def _resolve(host: str, port: int, deadline: float, allowed: Callable[[str], bool]) -> str:
    """Resolve a name once; every number that it has must be allowed."""
    numbers = _numbers(host, port, _left(deadline))
    if not numbers:
        raise InputError(
            f"the name {host!r} cannot be resolved", fix="Check the address and the connection."
        )
    for number in numbers:
        if not allowed(number):
            raise InputError(
                f"{host} is at {number}, inside a private network, and is not fetched",
                fix="Save the page and give the file.",
            )
    return numbers[0]


def _numbers(host: str, port: int, timeout_s: float) -> list[str]:
    """Ask the system for a name's numbers; none where it has none, or takes too long."""
    found: list[str] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(str(one[4][0]) for one in every)

    asking = threading.Thread(target=ask, daemon=True)  # the system's own limit is minutes
    asking.start()
    asking.join(timeout_s)
    return list(found)


def _read_body(
    response: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    max_bytes: int,
    deadline: float,
) -> bytes:
    body = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        chunk = response.read1(CHUNK_BYTES)
        _left(deadline)
        if not chunk:
            if response.length:
                raise http.client.IncompleteRead(bytes(body[-20:]), response.length)
            return bytes(body)
        body += chunk
        if len(body) > max_bytes:
            raise InputError(
                f"the answer is longer than {max_bytes:,} bytes",
                fix="Save it and split it, or raise max_bytes under [read] in the settings.",
            )


def _cut_off(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it takes too long")
    return left


def _quoted(target: str) -> str:
    return quote(target, safe="/?:@!$&'()*+,;=%~-._[]#")
