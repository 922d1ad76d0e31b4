"""The report as a page: both sides, marks in words, filters, and nothing that asks the network."""

import base64
import dataclasses
import hashlib
import html
import itertools
import re

import publish_samples as samples
import pytest
from browsing import opened, played, violations

from chrestomathy.publish import report
from chrestomathy.publish.review import Review, passage_keys
from chrestomathy.records import (
    ByClaim,
    Decision,
    InDocument,
    Lines,
    Occurrence,
    Span,
    Substitution,
    Throughout,
)

PAYLOAD = "<img src=x onerror=alert(1)><script>document.title='owned'</script>\"'"


def wide(source: str = "shall", printed: str = "will") -> Throughout:
    place = Occurrence(passage="p-altered", span=Span(27, 31), lines=Lines(3, 5, 3, 9))
    return Throughout(
        id="t-0123456789ab",
        subject="words",
        kind="modal",
        source_text=source,
        passage_text=printed,
        rule="the same words",
        meaning=True,
        count=2,
        places=(place, dataclasses.replace(place, passage="p-spliced", span=Span(0, 6))),
        pairs=(
            Substitution(source_text=source, passage_text=printed, count=1),
            Substitution(source_text="must", passage_text="", count=1),
        ),
        kept=1,
        documents=(InDocument(origin="pages/harbour.html", count=2),),
    )


def edition(**fields):
    entries = samples.every_wording()
    entries[0] = dataclasses.replace(entries[0], lines=Lines(7, 1, 7, 40))
    lost = entries[5]
    offer = ByClaim(source="zh", title="渡口", date="1804-05", occasion=None, language="zh")
    entries[5] = dataclasses.replace(
        lost, verdict=dataclasses.replace(lost.verdict, by_claim=(offer,))
    )
    return samples.edition(*entries, throughout=(wide(),), **fields)


def review(choice: str = "accept", comment: str | None = "As in the first print.") -> Review:
    keys = passage_keys(samples.every_wording())
    made = [
        Decision(finding="p", decision=choice, comment=comment, decided="2026-01-02", **k._asdict())
        for k in (keys[1], keys[4]._replace(evidence="0"))
    ]
    return Review(read="2026-01-03", decisions={None: made})


def page(**fields) -> str:
    return report(edition(**fields), ".html", review()).decode()


def seen(text: str) -> str:
    """Return what a screen reader says: hidden words too, tags and style not."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_what_is_changed_throughout_comes_first():
    text = seen(page())

    assert text.index("Changed throughout") < text.index("On the whole")
    assert text.index("On the whole") < text.index("8 quotations in the order of the draft")
    assert "line 3 … of the harbour, we will tax the" in text


def test_both_sides_say_in_words_what_differs():
    text = seen(page())

    assert "we [only on the page: will ] tax" in text
    assert "we [only in the source: shall ] [only in the source: not ] tax" in text
    assert "[from another place:]" in text
    assert "‘will’ stands for ‘shall’ (a word of duty or possibility; the meaning" in text


def test_every_finding_says_where_it_stands_and_what_was_decided():
    text = seen(page())

    assert "Word for word harbour.html, line 7" in text
    assert "Accepted on 2 January 2026: As in the first print." in text
    assert "Earlier: accepted on 2 January 2026: As in the first print. The evidence has" in text
    assert "read on 3 January 2026" in text


def test_a_difference_made_throughout_leads_to_the_finding_on_the_whole_draft():
    (link,) = re.findall(r'<a class="kind" href="#(t-[^"]+)">throughout', page())

    assert link == wide().id


def test_what_fits_a_claim_and_what_is_near_are_called_offers():
    text = seen(page())

    assert "Fits what is claimed 渡口 (May 1804, in Chinese, date and occasion as claimed)" in text
    assert "Nearest, as guesses" in text
    assert "which does not mean that it is nowhere" in text


@pytest.mark.parametrize("form", [".html", ".json", ".sarif", ".csv", ".md"])
def test_what_fits_a_claim_is_offered_in_every_form(form):
    text = report(edition(), form, review()).decode("utf-8-sig")

    assert "渡口 (May 1804, in Chinese, date and occasion as claimed)" in text
    assert "matched there" in text
    assert "changed_throughout" in text or "Changed throughout" in text or '"throughout"' in text


def test_the_snapshot_has_all_that_shows_a_source_when_it_is_gone():
    text = seen(page())
    shown = samples.exact().evidence[0]

    for fact in (shown.digest, shown.snapshot, shown.url, "harbour/1790", "3 January 2026"):
        assert fact in text


def test_what_was_left_out_is_listed():
    assert "What was left out, and why" in seen(page())
    assert "honest blank" in seen(page())


def test_headings_go_down_one_by_one_and_ids_are_there_once():
    text = page()
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    ids = re.findall(r'\bid="([^"]+)"', text)

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:href="#|aria-labelledby="|for=")([^"]+)"', text):
        assert target in ids


def test_the_page_allows_its_own_style_and_script_and_nothing_else():
    text = page()
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])

    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r'<(?:link|img|iframe)\b|\bstyle="|\bon\w+="', text)


def _poisoned():
    entry = samples.altered()
    passage = dataclasses.replace(
        entry.passage, id=PAYLOAD, text=entry.passage.text + PAYLOAD, origin=PAYLOAD
    )
    place = Occurrence(passage=PAYLOAD, span=Span(27, 31))
    habit = dataclasses.replace(wide(PAYLOAD, PAYLOAD), places=(place, place))
    return samples.edition(
        dataclasses.replace(entry, passage=passage),
        samples.exact(),
        throughout=(habit,),
        title=PAYLOAD,
    )


def test_no_word_of_a_page_or_an_editor_becomes_markup():
    text = report(_poisoned(), ".html", review(comment=PAYLOAD)).decode()

    assert "<img" not in text
    assert text.count("<script>") == 1


def test_a_run_without_passages_is_a_page_too():
    edition = dataclasses.replace(samples.edition(), entries=(), notes=(), throughout=())

    assert "0 quotations" in seen(report(edition, ".html").decode())


@pytest.mark.browser
def test_browser_runs_the_filters_and_no_other_script(tmp_path):
    dom = opened(report(_poisoned(), ".html"), tmp_path)

    assert "<title>owned</title>" not in dom
    assert "All 2 quotations are shown." in dom


@pytest.mark.browser
def test_browser_filters_by_wording_and_decision(tmp_path):
    """The script of the page is driven by another one, for which the policy is taken away."""
    acts = """
      const form = document.getElementById("filters"), said = [];
      const change = () => { form.dispatchEvent(new Event("change"));
        said.push(document.getElementById("tally").textContent); };
      form.querySelector("[value=exact]").checked = false; change();
      form.elements.state.value = "accepted"; change();
      document.title = said.join(" | ");
    """
    said = played(page(), acts, tmp_path)
    assert said == "7 of 8 quotations are shown. | 1 of 8 quotations are shown."


@pytest.mark.browser
@pytest.mark.parametrize("look", ["--window-size=1280,900", "--window-size=390,844", "dark"])
def test_axe_finds_nothing(axe, tmp_path, look):
    assert violations(page(), axe, tmp_path, look) == "[]"
