"""The sources of a collection, from a folder, from records, from one text."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from chrestomathy import codec
from chrestomathy.errors import CollectionError
from chrestomathy.read import read_sources
from chrestomathy.records import LeftOut, Source
from chrestomathy.settings import ReadSettings


def sources(path: Path) -> tuple[dict[str, Source], list[LeftOut]]:
    records = list(read_sources(str(path), settings=ReadSettings()))
    found = {one.id: one for one in records if isinstance(one, Source)}
    return found, [one for one in records if isinstance(one, LeftOut)]


def test_a_folder_with_front_matter_html_and_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "speeches"
    (folder / "1946").mkdir(parents=True)
    (folder / "1946" / "well.md").write_text("---\nspeaker: Ada\ndate: 21 Jan 1946\n---\nWet.\n")
    (folder / "rain.html").write_text(
        "<html lang=en><title>Rain</title><meta name=author content=Tom><p>It rains a lot."
    )
    (folder / "sea.txt").write_text("The sea.")
    (folder / "sea.md").write_text("Another sea.")
    (folder / "bad.txt").write_bytes(bytes(range(256)))
    (folder / "sources.csv").write_text(
        "file,title,speaker,date,occasion,language,url,rights\n"
        "sea.txt,On the Sea,Mary,1 May 1890,a dinner,en,http://x.example/,CC0\n"
        "gone.txt,,,,,,,\n"
    )
    found, left = sources(folder)
    assert sorted(found) == ["1946/well", "rain", "sea", "sea.txt"]
    assert found["1946/well"].text.strip() == "Wet."
    assert (found["1946/well"].speaker, found["1946/well"].date) == ("Ada", "1946-01-21")
    assert (found["rain"].title, found["rain"].speaker) == ("Rain", "Tom")
    assert found["rain"].language == "en"
    sea = found["sea.txt"]
    assert (sea.title, sea.speaker, sea.date) == ("On the Sea", "Mary", "1890-05-01")
    assert (sea.occasion, sea.rights, sea.collection) == ("a dinner", "CC0", "speeches")
    assert [Path(one.origin).name for one in left] == ["bad.txt", "sources.csv, line 3"]
    assert left[1].reason == "there is no file 'gone.txt'"


def test_records_and_twice_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl.gz"
    one = Source(id="a", text="Wet.", speaker="Ada")
    lines = [codec.encode(one), codec.encode(one), b"oops", b'{"id": "b", "text": "Dry."}']
    path.write_bytes(gzip.compress(b"\n".join(lines)))
    found, left = sources(path)
    assert list(found) == ["a", "b"]
    assert found["a"].collection == "s.jsonl.gz"
    assert left[0].reason == "the id 'a' comes twice"
    assert "line 3" in left[1].reason


def test_one_text(tmp_path: Path) -> None:
    (tmp_path / "well.txt").write_text("Wet.")
    found, _ = sources(tmp_path / "well.txt")
    assert found["well"].text == "Wet."


def test_missing_and_empty_collections_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="there is no collection"):
        read_sources(str(tmp_path / "nope"), settings=ReadSettings())
    with pytest.raises(CollectionError, match="has no sources: there is nothing in this folder"):
        sources(tmp_path)
    (tmp_path / "x.txt").write_bytes(b"")
    with pytest.raises(CollectionError, match="it is empty"):
        sources(tmp_path)


def test_the_table_goes_before_the_text_and_the_text_before_the_name(tmp_path: Path) -> None:
    (tmp_path / "1890-05-01_Mary_Sea.md").write_text(
        "---\nspeaker: Tom\ndate: 1891\nrights: CC0\n---\nThe sea."
    )
    (tmp_path / "metadata.csv").write_text("file,speaker\n1890-05-01_Mary_Sea.md,Ada\n")
    records = read_sources(
        str(tmp_path), settings=ReadSettings(name_pattern="{date}_{speaker}_{title}")
    )
    (sea,) = records
    assert isinstance(sea, Source)
    assert (sea.speaker, sea.date, sea.title, sea.rights) == ("Ada", "1891", "Sea", "CC0")


def test_a_name_that_does_not_fit_costs_no_text(tmp_path: Path) -> None:
    (tmp_path / "sea.txt").write_text("The sea.")
    settings = ReadSettings(name_pattern="{date}_{title}")
    told, sea = read_sources(str(tmp_path), settings=settings)
    assert isinstance(told, LeftOut)
    assert told.reason == "its name does not fit the pattern '{date}_{title}'"
    assert isinstance(sea, Source)


def test_a_date_that_is_not_understood_is_said(tmp_path: Path) -> None:
    (tmp_path / "sea.md").write_text("---\ndate: soon\ntitle: Sea\n---\nThe sea.")
    found, left = sources(tmp_path)
    assert (found["sea"].title, found["sea"].date) == ("Sea", None)
    assert left[0].reason == "its date 'soon' is not understood"
    assert "1946-01-21" in left[0].fix


def test_a_page_tells_its_address_and_its_rights(tmp_path: Path) -> None:
    (tmp_path / "sea.html").write_text(
        "<title>Sea</title><link rel=canonical href=https://x.example/sea>"
        "<meta name=dcterms.rights content='CC BY 4.0'><p>The sea is wet today."
    )
    found, _ = sources(tmp_path)
    assert (found["sea"].url, found["sea"].rights) == ("https://x.example/sea", "CC BY 4.0")


def test_one_text_takes_the_table_beside_it(tmp_path: Path) -> None:
    (tmp_path / "sea.txt").write_text("The sea.")
    (tmp_path / "metadata.csv").write_text("file,speaker\nsea.txt,Ada\nother.txt,Tom\n")
    found, left = sources(tmp_path / "sea.txt")
    assert found["sea"].speaker == "Ada"
    assert not left


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_a_table_in_an_archive_tells_of_the_texts_beside_it(tmp_path: Path, kind: str) -> None:
    members = {
        "sea.txt": "The sea.",  # before the table that tells of it
        "metadata.csv": "file,speaker,title\nsea.txt,Ada,Inner\nlost.txt,Tom,x\n",
        "old/rain.txt": "The rain.",
        "old/old.tsv": "file\tspeaker\nrain.txt\tTom\n",
        "prices.csv": "a,b\n",
    }
    name = f"a.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)
    else:
        with tarfile.open(tmp_path / name, "w:gz" if kind.endswith("gz") else "w") as packed:
            for member, text in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(text)
                packed.addfile(info, io.BytesIO(text.encode()))
    (tmp_path / "metadata.csv").write_text(f"file,speaker,date\n{name}/sea.txt,Mary,1946\n")
    found, left = sources(tmp_path)
    by_end = {one.rpartition("/")[2]: known for one, known in found.items()}
    assert (by_end["sea"].speaker, by_end["sea"].date) == ("Ada", "1946")
    assert by_end["rain"].speaker == "Tom"
    assert len(left) == 2
    assert left[0].reason == "no reader takes the suffix '.csv'"
    assert left[1].reason.endswith("lost.txt'")
    alone, _ = sources(tmp_path / name)
    assert alone["sea"].title == "Inner"


def test_a_pdf_as_a_source_has_its_pages_as_loci(tmp_path: Path) -> None:
    """What is found in it is cited by page."""
    from pdf_files import pages_pdf, put, sentences

    pages = [put(60, 500, sentences(1, seed=n)) for n in range(3)]
    (tmp_path / "letters.pdf").write_bytes(pages_pdf(pages))
    (source,) = read_sources(str(tmp_path), settings=ReadSettings())
    assert isinstance(source, Source)
    assert [one.ref for one in source.loci] == ["p. 1", "p. 2", "p. 3"]
    assert source.text[source.loci[2].start : source.loci[2].end] == sentences(1, seed=2)
