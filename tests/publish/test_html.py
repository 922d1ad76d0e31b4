"""The page: complete, safe, the same each time, and readable without its script."""

import dataclasses
import re
import subprocess
from html.parser import HTMLParser

import publish_samples as samples
import pytest
from browsing import opened
from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy import codec
from chrestomathy.errors import SettingsError
from chrestomathy.publish import FORMATS, publish
from chrestomathy.publish.html import content_policy, direction, render
from chrestomathy.records import Drawn, Edition, Occurrence, Section, Substitution, Throughout

VOID = frozenset({"meta", "br", "input", "link", "hr", "img"})
PAYLOAD = (
    "\"'><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
)


class _Page(HTMLParser):
    """Collects ids and links, and complains of tags that do not pair."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        values = dict(attrs)
        assert len(values) == len(attrs), f"<{tag}> has an attribute twice"
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values:
            self.links.append(values["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def _page(edition=None) -> str:
    return render(edition or samples.edition())["index.html"].decode()


def _parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def _poisoned() -> Edition:
    """Return an edition with a script in every string that is free to be anything."""
    kept = {"op", "wording", "mode", "kind", "schema", "level", "stage", "speaker_standing"}

    def poison(value, name=""):
        if isinstance(value, str):
            free = name not in kept and value not in ("agrees", "differs", "unknown", "role-only")
            return f"{value}{PAYLOAD}" if free else value
        if isinstance(value, dict):
            return {key: poison(one, key) for key, one in value.items()}
        if isinstance(value, list):
            fixed = name in ("flags", "interval", "spans", "passage", "source")
            return value if fixed else [poison(one, name) for one in value]
        return value

    whole = codec.json_schema("edition") and codec.encode(
        samples.edition(*_with_everything(), dictionaries=samples.CONSULTED)
    )
    import json

    raw = poison(json.loads(whole))
    for one in raw["entries"]:
        one["evidence"] = [{**e, "url": f"javascript:{PAYLOAD}"} for e in one["evidence"]]
    return codec.decode(json.dumps(raw), Edition)


def _with_everything():
    entries = samples.every_wording()
    rich = dataclasses.replace(
        entries[0].passage.attribution,
        role="harbour-mistress",
        occasion="the quay",
        topic="lamps",
        work="Works",
        locus="p. 3",
        place="Lowport",
        raw="— printed",
    )
    first = dataclasses.replace(entries[0].passage, attribution=rich, rule="line", confidence=0.9)
    return [dataclasses.replace(entries[0], passage=first), samples.explained(), *entries[2:]]


def test_page_is_well_formed_with_ids_that_are_unique_and_links_that_arrive():
    page = _parsed(_page())
    assert len(page.ids) == len(set(page.ids))
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)
    assert "p-altered" in page.ids


def test_page_says_what_a_reader_needs():
    text = " ".join(re.sub(r"<[^>]+>", " ", _page()).split())
    for words in (
        "Word for word in Address to the Harbour Council, 1790 (Edith Marlowe)",
        "The source is dated 8 January 1790; the page says 1789.",
        "‘will’ stands for ‘shall’",
        "a guess: 41 % alike",
        "Level B1, between A2 and B2",
        "What was left out, and why",
        "What a verdict means and does not mean",
        "A title is never replaced by a guessed name",
        "Made by chrestomathy 0.0.0",
        "c. 440 BC",
    ):
        assert words in text


def test_difference_is_told_in_words_not_only_in_marks():
    page = _page()
    assert '<ins><span class="hidden"> [only on the page: </span>will' in page
    assert '<del><span class="hidden"> [only in the source: </span>shall' in page


def test_other_language_is_marked():
    assert '<blockquote lang="de" dir="ltr">' in _page()
    assert direction("ar-EG") == "rtl"
    assert direction(None) == "auto"


def test_nothing_is_asked_of_the_network():
    page = _page()
    assert not re.search(r"""(?:src|url)\s*[=(]\s*['"]?(?:https?:)?//""", page)
    assert "default-src &#39;none&#39;" in page
    assert "unsafe" not in content_policy("a", "b")


def test_same_edition_gives_the_same_bytes():
    assert publish(samples.edition(), FORMATS) == publish(samples.edition(), FORMATS)


def test_script_in_any_field_stays_text():
    text = _page(_poisoned())
    page = _parsed(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not any(name.startswith("on") for name in page.attributes)
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)
    assert text.count("&lt;script&gt;document.title=") > 50


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_well_formed_page(text):
    one = samples.passage(text, name=text or "p", theme=(text,) if text else ())
    _parsed(_page(samples.edition(samples.entry(one), title=text, subtitle=text)))


def test_passage_that_no_section_names_is_printed_all_the_same():
    sections = (Section(heading="One", passages=("p-exact", "p-exact", "nobody")),)
    page = _parsed(_page(samples.edition(sections=sections)))
    assert page.tags.count("article") == len(samples.every_wording())


def test_two_passages_of_one_id_are_both_printed():
    twins = [samples.entry(samples.passage(text, "7")) for text in ("Bees hum.", "Bees sing.")]
    page = _page(samples.edition(*twins))
    assert "Bees hum." in page
    assert "Bees sing." in page
    assert len(_parsed(page).ids) == len(set(_parsed(page).ids))


def test_edition_of_several_documents_says_which_one_quotes():
    drawn = Drawn(id="d-1", origin="a.html", title="Notes on Quays", date="1999-05-04")
    one = samples.passage("Bees hum.", "p-1", document="d-1", origin="a.html")
    two = samples.passage("Bees sing.", "p-2", document="d-2", origin="b.html")
    entries = [samples.entry(one), samples.entry(two)]
    text = " ".join(
        re.sub(r"<[^>]+>", "", _page(samples.edition(*entries, documents=(drawn,)))).split()
    )
    assert "quoted in Notes on Quays, 4 May 1999" in text
    assert "quoted in b" in text
    assert "quoted in" not in _page(samples.edition(entries[0]))


def test_what_is_changed_throughout_leads_to_its_passages():
    edition = samples.edition()
    ids = [one.passage.id for one in edition.entries[:2]]
    habit = Throughout(
        id="t-1",
        subject="words",
        kind="modal",
        source_text="shall <b>",
        passage_text="will",
        rule="",
        count=2,
        kept=0,
        places=tuple(Occurrence(passage=one) for one in ids),
        pairs=(Substitution(source_text="shall <b>", passage_text="will", count=2),),
    )
    page = _page(dataclasses.replace(edition, throughout=(habit,)))
    assert "Changed throughout" in page
    assert "‘will’ stands for ‘shall &lt;b&gt;’ in two places; it is kept nowhere." in page
    section = page.split("Changed throughout")[1].split("</section>")[0]
    assert all(f'href="#{one}"' in section for one in ids)
    assert page.count('class="observations"') == 1  # both lists share one place in the margin
    assert "Changed throughout" not in _page(dataclasses.replace(edition, throughout=()))


def test_empty_edition_says_so():
    empty = dataclasses.replace(samples.edition(), entries=(), sections=(), notes=())
    assert "No passages were found." in _page(empty)


def test_many_passages_keep_their_numbers_and_anchors_apart():
    entries = [samples.entry(samples.passage("Bees hum.", f"{i} x")) for i in range(120)]
    page = _parsed(_page(samples.edition(*entries)))
    assert len([one for one in page.ids if re.fullmatch(r"p-[0-9a-f]{12}", one)]) == 120


def test_unknown_format_names_the_known_ones():
    with pytest.raises(SettingsError, match=r"'htm' is not known.*Did you mean 'html'.*markdown"):
        publish(samples.edition(), ["htm"])


def test_package_loads_without_what_only_formats_need():
    code = "import sys, chrestomathy.publish as p; print({'jinja2', 'msgspec'} & {*sys.modules})"
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.browser
def test_browser_runs_the_filters_and_no_other_script(tmp_path):
    dom = opened(render(_poisoned())["index.html"], tmp_path)
    assert "<title>owned</title>" not in dom
    assert "All 8 passages are shown." in dom
    assert re.search(r'<form class="front filters" id="filters">', dom)


@pytest.mark.browser
def test_browser_would_have_run_the_script_of_an_unsafe_page(tmp_path):
    """Without this, the test above could pass because nothing ever runs."""
    unsafe = f"<!DOCTYPE html><title>safe</title><p>{PAYLOAD}</p>".encode()
    assert "<title>owned</title>" in opened(unsafe, tmp_path)
