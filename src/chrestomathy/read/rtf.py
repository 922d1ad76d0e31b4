r"""RTF → one text with blocks, in one pass over the file.

An RTF file is groups in braces, control words and characters. A group is a *destination* where
its text goes elsewhere: a footnote, the table of styles, a picture. What is set in a group
holds until its brace closes, so the state is a stack; its depth is bounded.
"""

from __future__ import annotations

import encodings
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from chrestomathy.errors import InputError
from chrestomathy.read.flow import Content, Flow, Shape, raised, set_in
from chrestomathy.read.properties import Properties
from chrestomathy.read.styles import Role, role_of

_TOKEN = re.compile(
    r"""
    \\(?P<word>[a-zA-Z]{1,32})(?P<n>-?\d{1,10})?[ ]?  # "\par ", "\u8220"
    | \\'(?P<hex>[0-9a-fA-F]{2})        # "\'e9"
    | \\(?P<symbol>[\s\S])              # "\~", "\{"
    | (?P<brace>[{}])
    | [\r\n\x00]+                       # line ends of the file say nothing
    | (?P<text>[^\\{}\r\n\x00]+)
    """,
    re.VERBOSE,
)
_UNREAD = re.compile(r"[{}]|\\bin(?P<n>\d{1,10})[ ]?|\\[\s\S]")
"""All that matters within a group that is not read."""
MAX_DEPTH = 1_000
"""Deepest nesting of groups; files of programs reach some 50."""
MIN_INDENT = 400
"""Twentieths of a point on either side from which on a paragraph is set in: 7 mm."""
MAX_STYLES = 10_000
BODY_LEVEL = 9
"""The outline level of text that is no heading."""

_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "-": "", ":": ""}
_UNREAD_DESTINATIONS = frozenset(
    [
        *("pict", "objdata", "objclass", "objname", "nonshppict", "shprslt", "colortbl"),
        *("filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("pntext", "pntxta", "pntxtb", "listtext", "fldinst", "annotation", "atnid", "atnauthor"),
        *("atnicn", "atnref", "atntime", "atndate", "atnparent", "bkmkstart", "bkmkend", "xe"),
        *("tc", "themedata", "colorschememapping", "datastore", "latentstyles", "template", "sp"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "comment"),
        *("falt", "panose", "background", "do", "pgptbl", "mmathPr", "xmlnstbl", "wgrffmtfilter"),
        *("pnseclvl", "docvar", "ffdeftext", "ffformat", "datafield", "formfield"),
    ]
)
_LIST_MARKS = ("listtext", "pntext")
"""The number or bullet of a list's item, as older readers show it."""
_READ_THOUGH_STARRED = frozenset(("shpinst", "shptxt", "footnote", "shppict"))
"""Destinations that older readers may skip and this one does not."""
_CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
"""The encodings that the numbers of a font's character set stand for."""
_WIDE = frozenset(("cp932", "cp949", "johab", "gbk", "cp936", "cp950"))
"""Encodings in which a character has one byte or two, the second perhaps a letter's."""


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class _State:
    """What holds in a group."""

    into: str = "text"
    """Where its characters go: text, font, style, info, or nowhere ("shape")."""
    skips: int = 1
    """How many characters after one in Unicode stand for it in older readers."""
    encoding: str = "cp1252"
    is_hidden: bool = False
    is_raised: bool = False
    on_end: str = ""
    """What its closing brace ends."""

    def inner(self) -> _State:
        """Return what holds in a group within this one."""
        return _State(self.into, self.skips, self.encoding, self.is_hidden, self.is_raised)


@dataclass(slots=True)
class _Layout:
    """What holds of a paragraph until it is set anew."""

    style: int | None = None
    outline: int | None = None
    left: int = 0
    right: int = 0
    list_id: int = 0
    list_level: int = 0
    in_table: bool = False


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read; a footnote puts it aside for one of its own."""

    layout: _Layout = field(default_factory=_Layout)
    parts: list[str] = field(default_factory=list)


def read_rtf(data: bytes) -> Content:
    """Read a document's text, its notes and its properties.

    Raises:
        InputError: It is no RTF, or its groups are nested too deep.
    """
    if not data.lstrip()[:5].lower() == b"{\\rtf":
        raise InputError("it does not begin as RTF does", fix="Save it again as RTF or DOCX.")
    reader = _Reader(data.decode("latin-1"))
    reader.run()
    remarks = []
    if reader.n_marks:
        remarks.append(f"rtf: {reader.n_marks} footnote marks left out of the text")
    if reader.n_comments:
        remarks.append(f"rtf: {reader.n_comments} comments left out")
    if reader.n_contents:
        remarks.append(f"rtf: {reader.n_contents} lines of its table of contents left out")
    entries = reader.flow.finish()
    return Content(entries, reader.properties.completed(reader.told), tuple(remarks))


class _Reader:
    """Walks over the tokens of one file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._stack: list[_State] = []
        self._state = _State()
        self._open = _Open()
        self._aside: list[_Open] = []
        self._styles: dict[int, _Style] = {}
        self._style, self._style_number = _Style(), 0
        self._encodings: dict[int, str] = {}
        self._font = self._default_font = 0
        self._default_encoding = "cp1252"
        self._bytes = bytearray()
        self._high = ""  # the first half of a character in two
        self._left_to_skip = 0
        self._info: list[str] = []
        self._info_name = ""
        self._made: dict[str, int] = {}
        self._starred = False
        self._in_row = False
        self.flow = Flow()
        self.properties, self.told = Properties(), Properties()
        self.n_marks = self.n_comments = self.n_contents = 0

    def run(self) -> None:
        """Read to the end, or to where the file breaks off."""
        match = _TOKEN.match
        while (m := match(self._source, self._at)) is not None:
            self._at = m.end()
            kind = m.lastgroup
            if kind == "text":
                self._take_text(m[0])
            elif kind == "hex":
                self._take_byte(int(m["hex"], 16))
            elif kind in ("word", "n"):
                self._flush_bytes()
                self._take_word(m["word"], int(m["n"]) if m["n"] else None)
            elif kind == "symbol":
                self._flush_bytes()
                self._take_symbol(m["symbol"])
            elif kind == "brace":
                self._flush_bytes()
                self._left_to_skip = 0
                if m[0] == "{":
                    self._open_group()
                else:
                    self._close_group()
        self._flush_bytes()
        while self._aside:
            self.end_note()
        self._end_paragraph()
        self._end_row()

    # Groups

    def _open_group(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise InputError(
                f"its groups are nested more than {MAX_DEPTH:,} deep",
                at=f"character {self._at}",
                fix="Save it again, or as plain text.",
            )
        self._stack.append(self._state)
        self._state = self._state.inner()
        self._starred = False

    def _close_group(self) -> None:
        ended = self._state
        if ended.on_end:
            _ENDINGS[ended.on_end](self)
        self._state = self._stack.pop() if self._stack else _State()

    def _skip_group(self) -> None:
        """Go on behind the brace that closes the group; what is in it is not looked at."""
        depth = 1
        while depth:
            m = _UNREAD.search(self._source, self._at)
            if m is None:
                self._at = len(self._source)
                return
            self._at = m.end()
            if m["n"]:
                self._at += int(m["n"])
            elif m[0] == "{":
                depth += 1
            elif m[0] == "}":
                depth -= 1
        self._at -= 1

    # Characters

    def _take_text(self, text: str) -> None:
        if self._left_to_skip:
            n = min(self._left_to_skip, len(text))
            self._left_to_skip -= n
            text = text[n:]
        if self._bytes and text and self._is_half():
            self._bytes += text[0].encode("latin-1")
            text = text[1:]
        self._flush_bytes()
        if text:
            self._write(text if text.isascii() else self._decode(text.encode("latin-1")))

    def _take_byte(self, byte: int) -> None:
        if self._left_to_skip:
            self._left_to_skip -= 1
        else:
            self._bytes.append(byte)

    def _is_half(self) -> bool:
        """Tell whether the last byte is the first of two."""
        if self._state.encoding not in _WIDE:
            return False
        try:
            self._bytes.decode(self._state.encoding)
        except UnicodeDecodeError as error:
            return error.end == len(self._bytes)
        return False

    def _flush_bytes(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._write(self._decode(data))

    def _decode(self, data: bytes) -> str:
        return data.decode(self._state.encoding, "replace")

    def _take_unicode(self, number: int) -> None:
        """Take a character by number; one in two halves comes in two of them."""
        code = number & 0xFFFF if number < 0x10000 else number
        self._left_to_skip = self._state.skips
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return
        if 0xDC00 <= code < 0xE000:
            high, self._high = self._high, ""
            if high:
                joined = 0x10000 + ((ord(high) - 0xD800) << 10) + (code - 0xDC00)
                self._write(chr(joined))
            return
        if 0x20 <= code < 0x110000:
            self._write(chr(code))

    def _write(self, text: str) -> None:
        into = self._state.into
        if into == "text":
            if not self._state.is_hidden:
                self._open.parts.append(raised(text) if self._state.is_raised else text)
        elif into == "style":
            self._style.name += text
        elif into == "info":
            self._info.append(text)

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol == "\t":
            self._write("\t")
        elif self._left_to_skip:
            self._left_to_skip -= 1
        else:
            self._write(_SYMBOLS.get(symbol, ""))

    # Words

    def _take_word(self, word: str, n: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "bin":
            self._at += max(0, n or 0)
        elif word == "u":
            self._take_unicode(n or 0)
        elif word in _UNREAD_DESTINATIONS:
            self.n_comments += word == "annotation"
            if word in _LIST_MARKS:
                self._open.layout.list_id = self._open.layout.list_id or 1
            self._skip_group()
        elif self._left_to_skip and word in _CHARACTERS:
            self._left_to_skip -= 1
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif (method := _WORDS.get(word)) is not None:
            method(self, n)
        elif starred and word not in _READ_THOUGH_STARRED:
            self._skip_group()

    def set_encoding(self, name: str) -> None:
        self._default_encoding = self._state.encoding = name

    def set_code_page(self, n: int | None) -> None:
        name = {10000: "mac_roman", 65001: "utf-8", 936: "gbk"}.get(n or 0, f"cp{n}")
        if encodings.search_function(name):  # Python's own, not another package's
            self.set_encoding(name)

    def set_font(self, n: int | None) -> None:
        if self._state.into == "font":
            self._font = n or 0
        else:
            self._state.encoding = self._encodings.get(n or 0, self._default_encoding)

    def set_font_charset(self, n: int | None) -> None:
        if self._state.into == "font" and n in _CODE_PAGES and len(self._encodings) < MAX_STYLES:
            known = self._default_encoding if n == 0 else _CODE_PAGES[n]
            self._encodings[self._font] = known

    def set_plain(self, _n: int | None) -> None:
        self._state.is_hidden = self._state.is_raised = False
        self._state.encoding = self._encodings.get(self._default_font, self._default_encoding)

    def set_default_font(self, n: int | None) -> None:
        self._default_font = n or 0

    def set_skips(self, n: int | None) -> None:
        self._state.skips = min(16, max(0, 1 if n is None else n))

    def set_hidden(self, n: int | None) -> None:
        self._state.is_hidden = n != 0

    def set_raised(self, n: int | None) -> None:
        self._state.is_raised = n != 0

    def set_level(self, _n: int | None) -> None:
        self._state.is_raised = False

    # Destinations

    def begin(self, into: str, on_end: str = "") -> None:
        self._state.into, self._state.on_end = into, on_end

    def start_note(self, _n: int | None) -> None:
        if self._state.into != "text":
            return
        self.n_marks += 1
        self._state.on_end, self._state.is_hidden = "note", False
        self._state.is_raised = False
        self._aside.append(self._open)
        self._open = _Open()
        self.flow.open_note()

    def end_note(self) -> None:
        self._end_paragraph()
        self.flow.close_note()
        if self._aside:
            self._open = self._aside.pop()

    def start_box(self, _n: int | None) -> None:
        self._state.into, self._state.on_end = "text", "box"
        self._aside.append(self._open)
        self._open = _Open()

    def end_box(self) -> None:
        self._end_paragraph()
        if self._aside:
            self._open = self._aside.pop()

    def start_info(self, name: str) -> None:
        if self._state.into == "info":
            self._info, self._made = [], {}
            self._state.on_end, self._info_name = "info", name

    def end_info(self) -> None:
        name, made = self._info_name, self._made
        if made.get("yr"):
            date = f"{made['yr']:04}-{made.get('mo', 0):02}-{made.get('dy', 0):02}"
            self.properties.tell(name, date)
        elif not made:
            self.properties.tell(name, "".join(self._info))
        self._info, self._made = [], {}

    def set_date(self, key: str, n: int | None) -> None:
        if self._state.into == "info":
            self._made[key] = max(0, n or 0)

    def set_style(self, n: int | None) -> None:
        if self._state.into == "style":
            self._style_number = n or 0
            self._style = _Style()
            self._state.on_end = "style"
        else:
            self._open.layout.style = n

    def end_style(self) -> None:
        self._style.name = self._style.name.strip().rstrip(";").strip()
        if len(self._styles) < MAX_STYLES:
            self._styles[self._style_number] = self._style
        self._style = _Style()

    def start_styles(self, _n: int | None) -> None:
        self.begin("style")
        self._style, self._style_number = _Style(), 0

    def set_base(self, n: int | None) -> None:
        self._style.based_on = n

    def set_outline(self, n: int | None) -> None:
        level = min(BODY_LEVEL, max(0, n or 0))
        if self._state.into == "style":
            self._style.outline = level
        else:
            self._open.layout.outline = level

    def set_indent(self, side: str, n: int | None) -> None:
        if self._state.into == "text":
            setattr(self._open.layout, side, n or 0)

    # Paragraphs

    def start_layout(self, _n: int | None) -> None:
        self._open.layout = _Layout()

    def set_list(self, n: int | None) -> None:
        self._open.layout.list_id = n or 0

    def set_list_level(self, n: int | None) -> None:
        self._open.layout.list_level = min(8, max(0, n or 0))

    def set_in_table(self, _n: int | None) -> None:
        self._open.layout.in_table = True

    def break_paragraph(self, _n: int | None) -> None:
        if self._state.into == "text":
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = "".join(self._open.parts)
        self._open.parts = []
        layout = self._open.layout
        if not self._aside:
            self._enter_row(layout.in_table)
        if text.strip():
            self._place(text, layout)

    def _place(self, text: str, layout: _Layout) -> None:
        role, style = self._look_up(layout.style)
        outline = style.outline if layout.outline is None else layout.outline
        if role and role.name == "contents":
            self.n_contents += 1
            return
        shape = Shape(
            role=role,
            outline=None if outline is None or outline >= BODY_LEVEL else outline + 1,
            item=layout.list_level + 1 if layout.list_id else None,
            set_in=set_in(layout.left, layout.right, MIN_INDENT),
        )
        self.flow.place(text, shape, self.told)

    def _look_up(self, number: int | None) -> tuple[Role | None, _Style]:
        """Find what a style or one that it is based on says."""
        first = style = self._styles.get(number) if number is not None else None
        for _ in range(20):
            if style is None:
                break
            role = role_of(style.name)
            if role or style.outline is not None:
                return role, style
            style = None if style.based_on is None else self._styles.get(style.based_on)
        return None, first or _Style()

    # Tables

    def _enter_row(self, in_table: bool) -> None:
        if in_table and not self._in_row:
            self._in_row = True
            self.flow.open_row()
            self.flow.open_cell()
        elif not in_table and self._in_row:
            self._end_row()

    def end_cell(self, _n: int | None) -> None:
        if self._state.into == "text" and not self._aside:
            self._open.layout.in_table = True
            self._end_paragraph()
            self.flow.close_cell()
            self.flow.open_cell()

    def end_inner_cell(self, _n: int | None) -> None:
        if self._state.into == "text":
            self._end_paragraph()

    def break_row(self, _n: int | None) -> None:
        if self._state.into == "text" and not self._aside:
            self._end_row()

    def _end_row(self) -> None:
        if self._in_row:
            self._in_row = False
            self.flow.close_row()


_Method = Callable[[_Reader, "int | None"], None]
_WORDS: dict[str, _Method] = {
    "ansicpg": _Reader.set_code_page,
    "ansi": lambda reader, _n: reader.set_encoding("cp1252"),
    "mac": lambda reader, _n: reader.set_encoding("mac_roman"),
    "pc": lambda reader, _n: reader.set_encoding("cp437"),
    "pca": lambda reader, _n: reader.set_encoding("cp850"),
    "uc": _Reader.set_skips,
    "deff": _Reader.set_default_font,
    "f": _Reader.set_font,
    "fcharset": _Reader.set_font_charset,
    "plain": _Reader.set_plain,
    "v": _Reader.set_hidden,
    "deleted": _Reader.set_hidden,
    "super": _Reader.set_raised,
    "up": lambda reader, n: reader.set_raised(6 if n is None else max(0, n)),
    "nosupersub": _Reader.set_level,
    "sub": _Reader.set_level,
    "fonttbl": lambda reader, _n: reader.begin("font"),
    "stylesheet": _Reader.start_styles,
    "info": lambda reader, _n: reader.begin("info"),
    "title": lambda reader, _n: reader.start_info("title"),
    "author": lambda reader, _n: reader.start_info("author"),
    "creatim": lambda reader, _n: reader.start_info("created"),
    "operator": lambda reader, _n: reader.start_info("operator"),
    "revtim": lambda reader, _n: reader.start_info("revised"),
    "yr": lambda reader, n: reader.set_date("yr", n),
    "mo": lambda reader, n: reader.set_date("mo", n),
    "dy": lambda reader, n: reader.set_date("dy", n),
    "s": _Reader.set_style,
    "sbasedon": _Reader.set_base,
    "outlinelevel": _Reader.set_outline,
    "li": lambda reader, n: reader.set_indent("left", n),
    "ri": lambda reader, n: reader.set_indent("right", n),
    "lin": lambda reader, n: reader.set_indent("left", n),
    "rin": lambda reader, n: reader.set_indent("right", n),
    "ls": _Reader.set_list,
    "ilvl": _Reader.set_list_level,
    "intbl": _Reader.set_in_table,
    "pard": _Reader.start_layout,
    "par": _Reader.break_paragraph,
    "sect": _Reader.break_paragraph,
    "page": _Reader.break_paragraph,
    "column": _Reader.break_paragraph,
    "cell": _Reader.end_cell,
    "row": _Reader.break_row,
    "nestcell": _Reader.end_inner_cell,
    "nestrow": _Reader.end_inner_cell,
    "footnote": _Reader.start_note,
    "shpinst": lambda reader, _n: reader.begin("shape"),
    "shptxt": _Reader.start_box,
}
_ENDINGS: dict[str, Callable[[_Reader], None]] = {
    "note": _Reader.end_note,
    "box": _Reader.end_box,
    "style": _Reader.end_style,
    "info": _Reader.end_info,
}
