"""Words of a page are found again in its markup, whatever tags and entities stand between."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.read.markup import find_lines

PAGE = """<!DOCTYPE html>
<html><head><title>The tide keeps no calendar</title><script>"The tide keeps"</script></head>
<body>
<p>He said: &ldquo;The <em>ti</em>de keeps
   no&nbsp;calendar.&rdquo; <!-- The tide keeps no calendar. --></p>
<blockquote><p>Read slowly,</p><p>count twice &amp; answer.</p></blockquote>
<p>The tide keeps no calendar.</p>
</body></html>
"""


def cut(markup: str, text: str) -> str | None:
    (lines,) = find_lines(markup, [text])
    if lines is None:
        return None
    rows = markup.split("\n")[lines.line - 1 : lines.end_line]
    rows[-1] = rows[-1][: lines.end_column - 1]
    rows[0] = rows[0][lines.column - 1 :]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("the tide keeps no calendar", "The <em>ti</em>de keeps\n   no&nbsp;calendar"),
        ("Read slowly, count twice", "Read slowly,</p><p>count twice"),
        ("count twice & answer.", "count twice &amp; answer"),
        ("count thrice", None),
        ("…", None),
    ],
)
def test_words_are_found_between_tags(text: str, stands: str | None) -> None:
    assert cut(PAGE, text) == stands


def test_the_same_words_are_found_one_after_the_other() -> None:
    texts = ["The tide keeps no calendar.", "Read slowly", "The tide keeps no calendar."]

    assert [one.line for one in find_lines(PAGE, texts) if one] == [4, 6, 7]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    (lines,) = find_lines(PAGE.replace("\n", end), ["Read slowly"])

    assert lines == (6, 16, 6, 27)


@given(
    st.lists(
        st.sampled_from(["sea", "<b>", "</p>\n<p>", "&amp;", "<i", "-->", "&#x41;", "\n", "é"])
    )
)
def test_any_markup_is_gone_through(pieces: list[str]) -> None:
    markup = " ".join(pieces)

    assert len(list(find_lines(markup, ["sea", "sea sea", html.unescape(markup)]))) == 3
