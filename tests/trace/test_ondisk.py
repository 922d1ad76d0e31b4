"""Collections on disk: what is written is what is read, and what is damaged is named."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chrestomathy.errors import CollectionError
from chrestomathy.records import Locus, Passage, Source, SpeakerSpan, Verdict
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import ondisk, trace_one
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.glossary import _table, kindred
from chrestomathy.trace.ondisk import Writer, open_collection, read_manifest
from chrestomathy.trace.segment import ARRAYS

SUBJECTS = "the ferry|the mill|the quay|the school|the harbour|the widow|the clerk".split("|")
VERBS = "kept|sold|counted|lost|mended|wrote down|carried|paid for".split("|")
OBJECTS = "nine nets|the salt|every lamp|two boats|the winter grain|a letter|the toll".split("|")


def sources(n: int, seed: int = 1) -> list[Source]:
    """Make sources of some forty words."""
    rng = random.Random(seed)
    made = []
    for number in range(n):
        said = [
            f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} in {1800 + number}."
            for _ in range(6)
        ]
        made.append(
            Source(id=f"s{seed}-{number}", date=f"19{number % 90 + 10}", text=" ".join(said))
        )
    return made


def build(path: Path, given: list[Source], memory: int = ondisk.DEFAULT_MEMORY) -> None:
    with Writer(path, memory=memory) as writer:
        writer.add(given)
        writer.commit()


def passages(given: list[Source]) -> list[Passage]:
    """Cut a passage from every source, and write some that stand nowhere."""
    cut = [" ".join(one.text.split()[3:20]) for one in given]
    changed = [text.replace("the", "a", 1) for text in cut[::3]]
    nowhere = ["no lamp in the whole of the upper valley ever burnt as long as that one did"]
    return [Passage(id=str(n), text=text) for n, text in enumerate([*cut, *changed, *nowhere])]


def verdicts(given: list[Source], collection: Collection) -> list[Verdict]:
    return [trace_one(one, collection=collection) for one in passages(given)]


def named(given: list[Source], name: str) -> list[Source]:
    from dataclasses import replace

    return [replace(one, collection=name) for one in given]


def test_it_answers_as_one_in_memory(tmp_path: Path) -> None:
    given = sources(40)
    build(tmp_path / "kept", given)

    opened = open_collection(tmp_path / "kept")

    assert verdicts(given, opened) == verdicts(given, Collection.of(named(given, "kept")))
    assert [one.text for one in opened.sources] == [one.text for one in given]


def test_every_field_comes_back(tmp_path: Path) -> None:
    one = Source(
        id="play/1", title="A play", speaker="Ines Marlow", date="1921-05", occasion="a fair",
        language="en", text="MARLOW. Odd \ud800 marks, 中文, \u200b and\r\nlines.", url="https://e.org",
        rights="CC0", loci=(Locus("1.1", 0, 7),), speaker_spans=(SpeakerSpan("MARLOW", 8, 20),),
        document="d1",
    )  # fmt: skip
    build(tmp_path / "kept", [one])

    back = open_collection(tmp_path / "kept", "kept").sources[0]

    for name in ("id", "title", "speaker", "date", "occasion", "language", "text", "url", "rights",
                 "loci", "speaker_spans", "document"):  # fmt: skip
        assert getattr(back, name) == getattr(one, name)
    assert back.collection == "kept"


def test_add_remove_merge_answer_as_if_built_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ondisk, "LEAST_SEGMENT", 2_000)
    first, second = sources(30, 1), sources(30, 2)
    with Writer(tmp_path / "kept", memory=1) as writer:
        writer.add(first)
        writer.commit()
        assert len(writer.segments) > 3
    with Writer(tmp_path / "kept", memory=1) as writer:
        writer.add(second)
        assert writer.remove(["s1-3", "s1-4", "s2-29", "nothing"]) == 3
        writer.commit()
    left = [one for one in [*first, *second] if one.id not in {"s1-3", "s1-4", "s2-29"}]

    before = open_collection(tmp_path / "kept")
    with Writer(tmp_path / "kept") as writer:
        writer.merge()
        writer.commit()
        assert len(writer.segments) == 1
    after = open_collection(tmp_path / "kept")

    whole = verdicts(left, Collection.of(named(left, "kept")))
    assert verdicts(left, before) == whole == verdicts(left, after)
    assert ondisk.check(tmp_path / "kept") == []


def test_many_small_additions_are_put_together(tmp_path: Path) -> None:
    for number in range(12):
        with Writer(tmp_path / "kept") as writer:
            writer.add(sources(2, number))
            writer.commit()

    assert len(read_manifest(tmp_path / "kept").segments) <= ondisk.MOST_SMALL
    assert len(open_collection(tmp_path / "kept").sources) == 24


def test_a_source_without_words_is_kept(tmp_path: Path) -> None:
    given = [Source(id="empty", text=""), Source(id="marks", text=" … "), *sources(2)]
    build(tmp_path / "kept", given)

    opened = open_collection(tmp_path / "kept")

    assert [one.text for one in opened.sources] == [one.text for one in given]
    assert verdicts(given[2:], opened)[0].wording == "exact"


def test_what_is_not_committed_is_gone(tmp_path: Path) -> None:
    build(tmp_path / "kept", sources(3))
    with Writer(tmp_path / "kept") as writer:
        writer.add(sources(5, 2))

    assert len(open_collection(tmp_path / "kept").sources) == 3
    assert len(list((tmp_path / "kept" / "segments").iterdir())) == 1


def test_nothing_is_left_where_nothing_was_made(tmp_path: Path) -> None:
    def stop_half_way() -> Iterator[Source]:
        yield from sources(3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Writer(tmp_path / "kept") as writer:
        writer.add(stop_half_way())

    assert not (tmp_path / "kept").exists()


def test_a_folder_that_is_no_collection_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("Tuesday.")

    with pytest.raises(CollectionError, match="is no collection"), Writer(tmp_path):
        pass

    assert [one.name for one in tmp_path.iterdir()] == ["diary.txt"]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    build(tmp_path / "kept", sources(3))

    with Writer(tmp_path / "kept") as writer:
        second = Writer(tmp_path / "kept")
        with pytest.raises(CollectionError, match="another process is writing"):
            second.__enter__()
        writer.add(sources(2, 2))
        assert len(open_collection(tmp_path / "kept").sources) == 3
        writer.commit()

    assert len(open_collection(tmp_path / "kept").sources) == 5


def test_a_reader_keeps_what_it_has_opened(tmp_path: Path) -> None:
    given = sources(20)
    build(tmp_path / "kept", given)
    opened = open_collection(tmp_path / "kept")

    with Writer(tmp_path / "kept") as writer:
        writer.remove([one.id for one in given[1:]])
        writer.commit()

    assert len(open_collection(tmp_path / "kept").sources) == 1
    assert verdicts(given, opened) == verdicts(given, Collection.of(named(given, "kept")))


def files_of(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.is_file() and one.name != "lock")


def flipped(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    file.write_bytes(data)


def cut(file: Path, rng: random.Random) -> None:
    os.truncate(file, rng.randrange(file.stat().st_size))


def grown(file: Path, rng: random.Random) -> None:
    with file.open("ab") as more:
        more.write(bytes(rng.randrange(1, 9)))


def gone(file: Path, rng: random.Random) -> None:
    file.unlink()


@pytest.mark.parametrize("damage", [flipped, cut, grown, gone])
@pytest.mark.parametrize("name", ["index", "sources", "texts", "manifest", "inputs-1"])
def test_damage_is_named_and_never_searched(
    damage: Callable[[Path, random.Random], None], name: str, tmp_path: Path
) -> None:
    given = sources(12)
    truth = verdicts(given, Collection.of(named(given, "kept")))
    rng = random.Random(f"{damage} {name}")
    for trial in range(6):
        path = tmp_path / str(trial) / "kept"
        build(path, given)
        file = next(one for one in files_of(path) if one.name == name)
        damage(file, rng)

        if damage is gone and name == "manifest":
            with pytest.raises(CollectionError, match="there is no collection"):
                ondisk.check(path)
            continue
        try:
            found = ondisk.check(path)
        except CollectionError as error:
            found = [error]
        assert found
        assert all(name in str(error) for error in found)
        try:
            answers = verdicts(given, open_collection(path))
        except CollectionError as error:
            assert name in str(error)  # noqa: PT017 - either it says so, or nothing is wrong
        else:
            assert answers == truth


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Make the nth write, rename or sync of this process fail as on a full disk."""
    left = [10**9]

    def guard(function: Any) -> Any:
        def guarded(*given: Any, **named_: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return function(*given, **named_)

        return guarded

    monkeypatch.setattr(ondisk._Summing, "write", guard(ondisk._Summing.write))
    monkeypatch.setattr(ondisk.os, "fsync", guard(os.fsync))
    monkeypatch.setattr(Path, "replace", guard(Path.replace))
    monkeypatch.setattr(Path, "mkdir", guard(Path.mkdir))

    def fail_at(n: int) -> None:
        left[0] = n

    return fail_at


def test_a_full_disk_leaves_the_last_state(tmp_path: Path, failing: Callable[[int], None]) -> None:
    given, more = sources(6), sources(6, 2)
    path = tmp_path / "kept"
    build(path, given)
    failed = 0
    for n in range(1, 200):
        failing(n)
        try:
            with Writer(path) as writer:
                writer.add(more)
                writer.remove(["s1-0"])
                writer.commit()
        except CollectionError as error:
            assert "No space left" in str(error)  # noqa: PT017 - some of many may succeed
            failed += 1
        else:
            break
        finally:
            failing(10**9)
        ids = [one.id for one in open_collection(path).sources]
        assert ids == [one.id for one in given] or len(ids) == 11
        assert ondisk.check(path) == []
        if len(ids) == 11:
            break
    assert failed > 15


def test_another_version_is_refused_and_merge_indexes_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, path = sources(8), tmp_path / "kept"
    build(path, given)
    monkeypatch.setattr(ondisk, "INDEX_VERSION", 999)

    with pytest.raises(CollectionError, match=r"another version.*collection merge"):
        open_collection(path)
    with Writer(path) as writer:
        writer.merge()
        writer.commit()

    assert read_manifest(path).index == 999
    assert verdicts(given, open_collection(path)) == verdicts(
        given, Collection.of(named(given, "kept"))
    )


def test_the_index_version_is_raised_with_the_rules() -> None:
    """Whoever changes what is folded to what, or what is kindred, raises `INDEX_VERSION`."""
    probe = fold(
        "Mr. O'Neill’s U.S. debt: $1,500.25 (4½ per cent.)—“infor-\nmation” of 10² km/h, ½ × ³ "
        "ﬁne Æsop’s ſhip, naïve cafés; 中文字 thou saith the kine −5° ١٢ judg[e]ment well-known"
    )
    kin = kindred(probe.hashes, probe.stems)

    listed = [int(column.astype("uint64").sum()) for column in _table()]

    rules = [probe.hashes.tolist(), kin.tolist(), listed, [*ARRAYS.items()]]
    digest = hashlib.sha256(repr(rules).encode()).hexdigest()[:16]
    assert (ondisk.INDEX_VERSION, digest) == (2, "687d7399b9e2ad2e")
