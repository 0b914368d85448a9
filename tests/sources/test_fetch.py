"""Fetching, against a real server on this machine; no test goes out to the network."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from samples import page

from dateline.model import Problem, RawItem
from dateline.sources import fetch, read_all
from dateline.sources.fetch import Fetcher, FetchError, is_public

Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Site:
    """A server's address, its answers by path, and the requests it had."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str = "/a", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, self.headers.get("User-Agent", "")))
            status, headers, body = here.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(body), 1 << 16):
                    self.wfile.write(body[at : at + (1 << 16)])
                    if headers.get("X-Slow"):
                        time.sleep(0.2)
            except OSError:
                pass  # the client had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Site(server.server_address[1])
    here.answers["/a"] = (200, HTML, page().encode())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()


def why(url: str, **options: bool) -> str:
    """Why an address was not fetched."""
    private = options.get("allow_private", True)
    with Fetcher(allow_private=private) as fetcher, pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return str(caught.value)


def test_a_page(site: Site) -> None:
    (item,) = read_all([site.url()], allow_private=True, now="2024-05-01T00:00:00Z")
    assert isinstance(item, RawItem)
    assert item.text.startswith("Two missiles\nNorth Korea fired")
    assert (item.where, item.url, item.captured) == (site.url(), site.url(), "2024-05-01T00:00:00Z")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]
    assert all("Dateline" in agent for _, agent in site.asked)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0.0.0.0", "[::1]"])
def test_this_machine_is_refused_unless_allowed(site: Site, host: str) -> None:
    (problem,) = read_all([site.url(host=host)])
    assert isinstance(problem, Problem)
    assert "private address" in problem.why or "cannot be resolved" in problem.why
    assert not site.asked  # refused before a byte was sent


def test_the_address_checked_is_the_address_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers publicly at first and privately then (DNS rebinding) gains nothing."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    def resolve(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(answers)]

    tried: list[str] = []

    def connect(self: object, host: str, *_: object) -> None:
        tried.append(host)
        raise fetch.httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetch.httpcore.SyncBackend, "connect_tcp", connect)
    assert "no network" in why("http://rebind.example/", allow_private=False)
    assert "private address" in why("http://rebind.example/", allow_private=False)
    assert tried == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: found)
    assert "private address (10.0.0.1)" in why("http://mixed.example/", allow_private=False)


def test_a_redirect_to_this_machine_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first address is taken for public here: the redirect's is checked like it."""
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    site.answers["/go"] = (302, {"Location": f"http://127.0.0.2:{site.port}/a"}, b"")
    assert "127.0.0.2" in why(site.url("/go"), allow_private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # cloud metadata
        ("100.64.0.1", False),  # carrier-grade NAT
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),  # NAT64 of 127.0.0.1
        ("2002:7f00:1::", False),  # 6to4 of 127.0.0.1
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_redirects_are_followed_to_the_end(site: Site) -> None:
    site.answers["/old"] = (301, {"Location": "/a"}, b"")
    (item,) = read_all([site.url("/old")], allow_private=True)
    assert isinstance(item, RawItem)
    assert (item.where, item.url) == (site.url("/old"), site.url("/a"))


def test_redirects_without_end(site: Site) -> None:
    site.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    assert "redirects" in why(site.url("/loop"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://harbour.example/a", "gopher://x/"])
def test_redirects_to_other_schemes(site: Site, target: str) -> None:
    site.answers["/go"] = (302, {"Location": target}, b"")
    assert "no http(s) address" in why(site.url("/go"))


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param((200, {}, b"User-agent: *\nDisallow: /a"), False, id="disallowed"),
        pytest.param((200, {}, b"User-agent: *\nDisallow: /b"), True, id="another-path"),
        pytest.param((200, {}, b"User-agent: Dateline\nDisallow: /\n"), False, id="by-our-name"),
        pytest.param((200, {}, b"User-agent: Other\nDisallow: /\n"), True, id="another-robot"),
        pytest.param((404, {}, b""), True, id="no-file"),
        pytest.param((403, {}, b""), True, id="rfc-9309-unavailable"),
        pytest.param((503, {}, b""), False, id="rfc-9309-unreachable"),
        pytest.param((302, {"Location": "/r"}, b""), False, id="redirected"),
    ],
)
def test_robots(site: Site, robots: Answer, allowed: bool) -> None:
    site.answers["/robots.txt"] = robots
    site.answers["/r"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    if allowed:
        with Fetcher(allow_private=True) as fetcher:
            assert fetcher.fetch(site.url()).data
    else:
        assert "robots.txt" in why(site.url())
        assert "/a" not in [path for path, _ in site.asked]


def test_size_is_capped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 1 << 20)
    site.answers["/big"] = (200, HTML, b"a" * (4 << 20))
    assert "larger than" in why(site.url("/big"))


def test_size_is_capped_after_unpacking(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 1 << 20)
    packed = gzip.compress(b"a" * (64 << 20))
    site.answers["/bomb"] = (200, HTML | {"Content-Encoding": "gzip"}, packed)
    assert "larger than" in why(site.url("/bomb"))


def test_encodings_not_asked_for(site: Site) -> None:
    site.answers["/br"] = (200, HTML | {"Content-Encoding": "br"}, b"x")
    assert "not asked for" in why(site.url("/br"))


def test_time_is_capped(site: Site) -> None:
    site.answers["/slow"] = (200, HTML | {"X-Slow": "1"}, b"a" * (1 << 20))
    fetcher = Fetcher(allow_private=True, max_seconds=0.5)
    with fetcher, pytest.raises(FetchError, match="too long"):
        fetcher.fetch(site.url("/slow"))


def test_what_the_server_says(site: Site) -> None:
    site.answers["/gone"] = (410, {}, b"gone")
    assert "410" in why(site.url("/gone"))


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "Connect" in why(f"http://127.0.0.1:{port}/")


def test_a_gzipped_feed_by_address(site: Site) -> None:
    rss = b"<rss version='2.0'><channel><title>F</title><item><description>One.</description></item></channel></rss>"
    site.answers["/f.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(rss))
    (item,) = read_all([site.url("/f.xml.gz")], allow_private=True)
    assert isinstance(item, RawItem)
    assert item.where == site.url("/f.xml.gz") + "#1"
