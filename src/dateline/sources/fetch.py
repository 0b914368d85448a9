"""An http(s) address -> its bytes: obeys robots, follows few redirects, refuses private addresses.

The address that is connected to is the one that was checked: names are resolved here, at connect
time, and the connection goes to the number (no second look-up that could answer differently).
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

USER_AGENT = "Dateline/0.1 (news record; reads single pages on a person's request)"
_ROBOT = "Dateline"
MAX_REDIRECTS = 5
MAX_BYTES = 64 << 20  # a feed or page is under 16 MiB; a WARC should be downloaded by other means
MAX_SECONDS = 60.0
_STEP_SECONDS = 15.0  # for connecting, and for each read
_ROBOTS_BYTES = 512 << 10  # what RFC 9309 asks a crawler to read at least
_ENCODINGS = ("", "identity", "gzip", "deflate")


class FetchError(Exception):
    """An address was not fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, the address after redirects, the charset stated."""

    data: bytes
    url: str
    charset: str | None


class Fetcher:
    """Fetches addresses; keeps the robots rules it has read. Use as a context manager."""

    def __init__(self, *, allow_private: bool = False, max_seconds: float = MAX_SECONDS) -> None:
        self._client = httpx.Client(
            transport=_CheckedTransport(allow_private),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=min(_STEP_SECONDS, max_seconds),
            follow_redirects=False,
            trust_env=False,
        )
        self._max_seconds = max_seconds
        self._robots: dict[str, Any] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """The bytes at an address (raises FetchError), each redirect checked like the first."""
        deadline = time.monotonic() + self._max_seconds
        for _ in range(MAX_REDIRECTS + 1):
            self._check(url, deadline)
            response, data = self._get(url, MAX_BYTES, deadline)
            target = _redirect(response)
            if target is None:
                if response.status_code != 200:
                    raise FetchError(f"the server answered {response.status_code}")
                return Fetched(data, url, response.charset_encoding)
            url = urljoin(url, target)
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _check(self, url: str, deadline: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url!r} is no http(s) address")
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, deadline)
        if not self._robots[origin].can_fetch(url, _ROBOT):
            raise FetchError("the site's robots.txt does not allow it")

    def _read_robots(self, origin: str, deadline: float) -> Any:
        """The rules of a site, as RFC 9309 has it: none where there is no file, all where it fails."""
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            response, data = self._get(url, _ROBOTS_BYTES, deadline, cut=True)
            target = _redirect(response)
            if target is None:
                break
            url = urljoin(url, target)
            if urlsplit(url).scheme not in ("http", "https"):
                raise FetchError("the site's robots.txt leads to no http(s) address")
        if response.status_code >= 500:
            raise FetchError(f"the site's robots.txt cannot be read ({response.status_code})")
        return Protego.parse(data.decode("utf-8", "replace") if response.status_code == 200 else "")

    def _get(
        self, url: str, max_bytes: int, deadline: float, cut: bool = False
    ) -> tuple[httpx.Response, bytes]:
        """The response and its body; a body over the cap is an error, or cut where `cut` says."""
        try:
            with self._client.stream("GET", url) as response:
                encoding = response.headers.get("content-encoding", "").lower()
                if encoding not in _ENCODINGS:
                    raise FetchError(f"the content-encoding {encoding!r} was not asked for")
                return response, _body(response, max_bytes, deadline, cut)
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.ConnectError, OSError) as error:
            raise FetchError(f"{type(error).__name__}: {error}") from error


def _body(response: httpx.Response, max_bytes: int, deadline: float, cut: bool) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes(1 << 16):
        data += chunk
        if time.monotonic() > deadline:
            raise FetchError("took too long")
        if len(data) > max_bytes:
            if cut:
                return bytes(data[:max_bytes])
            raise FetchError(f"larger than {max_bytes:,} bytes")
    return bytes(data)


def _redirect(response: httpx.Response) -> str | None:
    target: str | None = response.headers.get("location")
    return target if response.status_code in (301, 302, 303, 307, 308) else None


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects only to public addresses: those that it resolved and checked itself."""

    def __init__(self, allow_private: bool) -> None:
        self._backend = httpcore.SyncBackend()
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of `host` that answers; all must be public."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved ({error})") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise httpcore.ConnectError(f"{host} is a private address ({address}); refused")
        problem: Exception | None = None
        for address in addresses:
            try:
                return self._backend.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never: a path on this machine is no public address."""
        raise httpcore.ConnectError("unix sockets are refused")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet, also when wrapped in IPv6.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _CheckedTransport(httpx.BaseTransport):
    """httpx over an httpcore pool whose connections are checked (httpx offers no such setting)."""

    def __init__(self, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_CheckedBackend(allow_private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response to one request, its body unread."""
        try:
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise httpx.ConnectError(str(error) or type(error).__name__) from error
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Closes the pool."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise httpx.ReadError(str(error) or type(error).__name__) from error

    def close(self) -> None:
        self._response.close()
