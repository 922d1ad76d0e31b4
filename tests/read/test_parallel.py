"""Pages read in several processes: the same, in the same order, with the same words on bad ones."""

from pathlib import Path

import pytest

from chrestomathy.read import Raw, iter_raw, parallel, read
from chrestomathy.read.parallel import read_in_processes
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings(max_processes=2)


def folder(path: Path, n: int) -> str:
    for i in range(n):
        page = f"<html><body><h1>Page {i}</h1><p>The quay of page {i} is wet, and stays so.</p></body></html>"
        (path / f"{i:03}.html").write_text(page)
        if i % 5 == 0:
            (path / f"{i:03}.txt").write_text(f"Plain text {i}.")
        if i % 7 == 0:
            (path / f"{i:03}x.html").write_bytes(b"\x7fELF")
    return str(path)


def test_the_order_and_the_records_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "MIN_PAGES", 8)
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    path = folder(tmp_path, 30)
    one = list(read(iter_raw([path], settings=SETTINGS), settings=SETTINGS))
    two = list(read_in_processes(iter_raw([path], settings=SETTINGS), settings=SETTINGS))
    assert two == one
    assert len(one) == 41


def test_few_pages_and_plain_texts_start_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(parallel, "_in_pool", never)
    path = folder(tmp_path, 10)
    assert (
        len(list(read_in_processes(iter_raw([path], settings=SETTINGS), settings=SETTINGS))) == 14
    )
    texts = [Raw(origin=f"{i}.txt", data=b"It is wet.", name=f"{i}.txt") for i in range(500)]
    assert len(list(read_in_processes(texts, settings=SETTINGS))) == 500


def test_one_process_may_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "MIN_PAGES", 2)
    monkeypatch.setattr(parallel, "_in_pool", None)
    settings = ReadSettings(max_processes=1)
    path = folder(tmp_path, 4)
    assert len(list(read_in_processes(iter_raw([path], settings=settings), settings=settings))) == 6
