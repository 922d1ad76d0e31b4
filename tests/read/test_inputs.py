"""What the caller names: files, folders, globs, archives, stdin, addresses."""

import bz2
import contextlib
import gzip
import http.server
import io
import lzma
import os
import socket
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.errors import InputError
from chrestomathy.read import Raw, iter_raw, read
from chrestomathy.read.archives import inflate
from chrestomathy.read.fetch import fetch, is_public
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings()
SMALL = ReadSettings(max_bytes=10_000)


def taken(*inputs: object, settings: ReadSettings = SETTINGS) -> list[Raw | LeftOut]:
    return list(iter_raw([str(one) for one in inputs], settings=settings))


def reasons(records: list[Raw | LeftOut]) -> list[str]:
    return [one.reason for one in records if isinstance(one, LeftOut)]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(mode: str = "w", **members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def test_missing_paths_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("wet")
    with pytest.raises(InputError, match=r"there is no file or folder '.*nope.txt'. Check"):
        iter_raw([str(tmp_path / "a.txt"), str(tmp_path / "nope.txt")], settings=SETTINGS)
    with pytest.raises(InputError, match="nothing fits the pattern"):
        iter_raw([str(tmp_path / "*.html")], settings=SETTINGS)
    with pytest.raises(InputError, match="there is no file"):
        iter_raw([""], settings=SETTINGS)


def test_a_folder_is_read_by_name_and_says_what_it_skips(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.html", ".hidden.txt", "e.png", ".git/x.txt", "README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("wet")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = taken(tmp_path)
    names = [Path(one.origin).name for one in found if isinstance(one, Raw)]
    assert names == ["README", "a.md", "b.txt", "d.html"]
    assert sorted(reasons(found)) == [
        "it is a link to a folder",
        "it is hidden",
        "it is hidden",
        "no reader takes the suffix '.png'",
    ]


def test_a_glob_and_a_name_with_brackets(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("wet")
    (tmp_path / "a[1].txt").write_text("wet")
    found = taken(tmp_path / "*.txt", tmp_path / "a[1].txt")
    assert [Path(one.origin).name for one in found] == ["a[1].txt", "b.txt", "a[1].txt"]


def test_bad_files_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "large.txt").write_bytes(b"x" * 10_001)
    (tmp_path / "good.txt").write_text("wet")
    names = [tmp_path / name for name in ("empty.txt", "large.txt", "good.txt")]
    found = taken(*names, settings=SMALL)
    assert reasons(found)[0] == "it is empty"
    assert "10,001 bytes and at most 10,000" in reasons(found)[1]
    assert isinstance(found[2], Raw)


def test_devices_and_pipes_are_read_up_to_a_bound(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_text, args=("wet",), daemon=True).start()
    (raw,) = taken(pipe)
    assert isinstance(raw, Raw)
    assert raw.data == b"wet"
    assert reasons(taken("/dev/zero", settings=SMALL))[0].startswith("it is longer")
    assert reasons(taken("/dev/null")) == ["it is empty"]


def test_standard_input() -> None:
    (raw,) = iter_raw(["-"], settings=SETTINGS, stdin=io.BytesIO(b"wet"))
    assert raw == Raw(origin="-", data=b"wet", name="")


def test_compressed_files_keep_their_origin(tmp_path: Path) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gz": gzip.compress,
        "bz2": bz2.compress,
        "xz": lzma.compress,
    }
    for suffix, pack in packers.items():
        path = tmp_path / f"a.jsonl.{suffix}"
        path.write_bytes(pack(b"wet " * 500_000) + pack(b"dry"))
        (raw,) = taken(path)
        assert raw == Raw(origin=str(path), data=b"wet " * 500_000 + b"dry", name="a.jsonl")


def test_members_of_archives_come_by_checked_names(tmp_path: Path) -> None:
    members = {"a/b.txt": b"wet", "../up.txt": b"x", ".hid.txt": b"x", "c.exe": b"x"}
    for name, data in (("z.zip", zipped(**members)), ("t.tgz", tarred("w:gz", **members))):
        path = tmp_path / name
        path.write_bytes(data)
        found = taken(path)
        assert found[0] == Raw(origin=f"{path}!a/b.txt", data=b"wet", name="b.txt")
        assert reasons(found)[:3] == [
            "its name points outside the archive",
            "it is hidden",
            "no reader takes the suffix '.exe'",
        ]
    assert reasons(found)[3] == "it is a link or a device, not a file"


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    bomb.write_bytes(gzip.compress(b"\0" * 5_000_000))
    assert "larger than the 10,000 bytes" in reasons(taken(bomb, settings=SMALL))[0]
    many = tmp_path / "many.zip"
    many.write_bytes(zipped(**{f"{i}.txt": b"x" * 9_000 for i in range(9)}))
    assert "larger than the 50,000 bytes" in reasons(taken(many, settings=SMALL))[0]
    deep = b"wet"
    for _ in range(6):
        deep = zipped(**{"a.zip": deep})
    nested = tmp_path / "deep.zip"
    nested.write_bytes(deep)
    assert reasons(taken(nested)) == ["archives are packed too deep"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.gz", "a.tar.gz", "a.txt.xz", "a.bz2"])
def test_damaged_archives_are_left_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"this is no archive at all")
    (bad,) = taken(path)
    assert isinstance(bad, LeftOut)
    assert "damaged" in bad.reason


def test_a_truncated_stream_is_damaged() -> None:
    packed = gzip.compress(os.urandom(1000))
    with pytest.raises(InputError, match="ends too early"):
        inflate(packed[:-20], "gz", max_bytes=10_000)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.zip", "a.tar", "a.gz", "a.html", "a.md", "a"]))
def test_any_bytes_under_any_name_are_read_or_left_out(data: bytes, name: str) -> None:
    raw = Raw(origin="o", data=data, name=name)
    for one in read([raw], settings=SETTINGS):
        if isinstance(one, Document):
            assert all(0 <= b.start < b.end <= len(one.text) for b in one.blocks)


def test_addresses_need_leave() -> None:
    (bad,) = taken("https://example.org/speech")
    assert isinstance(bad, LeftOut)
    assert "--allow-network" in bad.fix


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "192.0.0.8",
        "168.63.129.16",
        "2002:7f00:1::",
    ],
)
def test_private_numbers_are_no_public_ones(number: str) -> None:
    assert not is_public(number)


def test_private_addresses_are_not_fetched() -> None:
    hosts = ("127.0.0.1:9", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost")
    forms = ("0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "0")
    addresses = [f"http://{one}/" for one in (*hosts, *forms)]
    found = list(iter_raw(addresses, settings=SETTINGS, allow_network=True))
    assert len(found) == len(addresses)
    assert all("private network" in reason for reason in reasons(found))


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {"/loop": "/loop", "/away": "http://10.0.0.1/", "/file": "file:///etc/passwd"}
            if self.path in answers:
                self.send_response(302)
                self.send_header("Location", answers[self.path])
                self.end_headers()
                return
            if self.path == "/drip":
                with contextlib.suppress(OSError):
                    while True:
                        self.wfile.write(b"H")
                        time.sleep(0.05)
            if self.path == "/headers":
                with contextlib.suppress(OSError):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000)
                return
            if self.path in ("/packed", "/bomb"):
                self.send_response(200)
                self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                page = b"<p>wet</p>" if self.path == "/packed" else b"\0" * 50_000_000
                self.wfile.write(gzip.compress(page))
                return
            self.send_response(404 if self.path == "/gone" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if self.path == "/short":
                self.send_header("Content-Length", "99")
            self.end_headers()
            self.wfile.write(b"<p>wet</p>" * (10_000 if self.path == "/long" else 1))

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{one.server_port}"
        one.shutdown()


def test_a_page_is_fetched_and_each_redirect_is_checked(server: str) -> None:
    def allowed(number: str) -> bool:
        return number == "127.0.0.1"

    page = fetch(f"{server}/page.html", max_bytes=100, timeout_s=5, allowed=allowed)
    assert (page.data, page.name) == (b"<p>wet</p>", "page.html")
    assert page.media_type == "text/html; charset=utf-8"
    for path, says in (
        ("/loop", "redirects too often"),
        ("/away", "10.0.0.1, inside a private network"),
        ("/file", "no http or https address"),
        ("/gone", "answers 404"),
        ("/long", "longer than 100 bytes"),
        ("/short", "cannot be fetched"),
        ("/drip", "cannot be fetched"),
    ):
        start = time.monotonic()
        with pytest.raises(InputError, match=says):
            fetch(f"{server}{path}", max_bytes=100, timeout_s=0.5, allowed=allowed)
        assert time.monotonic() - start < 10


def test_what_is_packed_is_unpacked_within_the_same_bounds(server: str) -> None:
    def here(path: str, max_bytes: int) -> bytes:
        return fetch(
            f"{server}{path}", max_bytes=max_bytes, timeout_s=5, allowed=lambda _: True
        ).data

    assert here("/packed", 1_000) == b"<p>wet</p>"
    for bound in (1_000_000, 200_000_000):
        with pytest.raises(InputError, match=r"unpacked it is larger|suspiciously small"):
            here("/bomb", bound)
    with pytest.raises(InputError, match="cannot be fetched"):
        here("/headers", 1_000)


def test_a_name_is_resolved_once_and_all_its_numbers_count(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.rpartition(":")[2])
    asked: list[str] = []
    numbers = {"one.example": ["127.0.0.1"], "two.example": ["127.0.0.1", "10.0.0.1"]}

    def resolve(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        if len(asked) > 1 and host == "one.example":
            return [(2, 1, 6, "", ("10.0.0.1", port))]  # as a name does that was rebound
        return [(2, 1, 6, "", (number, port)) for number in numbers.get(host, [host])]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    connected: list[str] = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(address[0])
        sock = socket.socket()
        sock.settimeout(timeout)
        sock.connect(address)
        return sock

    monkeypatch.setattr(socket, "create_connection", connect)

    def allowed(number: str) -> bool:
        return number == "127.0.0.1"

    page = fetch(f"http://one.example:{port}/page", max_bytes=100, timeout_s=5, allowed=allowed)
    assert page.data == b"<p>wet</p>"
    assert (asked, connected) == (["one.example"], ["127.0.0.1"])
    with pytest.raises(InputError, match=r"two\.example is at 10\.0\.0\.1"):
        fetch(f"http://two.example:{port}/page", max_bytes=100, timeout_s=5, allowed=allowed)


def test_a_name_that_nobody_answers_for_takes_no_longer_than_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(20) or [])
    start = time.monotonic()
    with pytest.raises(InputError, match="cannot be resolved"):
        fetch("http://slow.example/", max_bytes=100, timeout_s=0.2)
    assert time.monotonic() - start < 10
