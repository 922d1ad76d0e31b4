"""Small writers of office files and books, for the tests: each gives a file's bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from chrestomathy.read import Raw, read_raw
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings()
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DC = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:opf="http://www.idpf.org/2007/opf"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
    }.items()
)
BOMB = '<!DOCTYPE x [<!ENTITY a "wet wet wet wet ">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
BILLION_LAUGHS = BOMB + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OUTER_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def zipped(members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Pack members in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, how)
    return out.getvalue()


def words(text: str, properties: str = "") -> str:
    """A run of characters in DOCX."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph in DOCX: texts, or runs where they begin with "<"."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(one if one.startswith("<") else words(one) for one in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def style(id_: str, name: str, properties: str = "", based_on: str = "") -> str:
    """A paragraph style in DOCX."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def docx_parts(
    body: str, *, styles: str = "", properties: str = "", head: str = "", **parts: str
) -> dict[str, str]:
    """The members of a DOCX; `parts` are further ones of the folder ``word``, without suffix."""
    names = {"styles": styles, **parts}
    kin = "".join(
        f'<Relationship Id="r{i}" Type="{_KINDS}/{name}" Target="{name}.xml"/>'
        for i, name in enumerate(names)
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    wrapped = {
        f"word/{name}.xml": f"<w:{name} {_SPACES}>{content}</w:{name}>"
        for name, content in names.items()
    }
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r" '
        f'Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{rels}">{kin}</Relationships>',
        "word/document.xml": f"{head}<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": f"<cp:coreProperties {_DC}>{properties}</cp:coreProperties>",
        **wrapped,
    }


def docx(body: str, **given: str) -> bytes:
    """A DOCX; see `docx_parts`."""
    return zipped(docx_parts(body, **given))


def odt_parts(
    body: str, *, automatic: str = "", styles: str = "", meta: str = "", head: str = ""
) -> dict[str, str]:
    """The members of an ODT."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"{head}<office:document-content {_ODT_SPACES}><office:automatic-styles>"
        f"{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODT_SPACES}><office:styles>{styles}"
        "</office:styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {_ODT_SPACES} {_DC}><office:meta>{meta}"
        "</office:meta></office:document-meta>",
    }


def odt(body: str, **given: str) -> bytes:
    """An ODT; see `odt_parts`."""
    return zipped(odt_parts(body, **given), stored=("mimetype",))


@dataclass
class Epub:
    """A book as its parts, from which its bytes are made."""

    pages: dict[str, str]
    """Name → what stands in the body; the spine has them in this order."""
    metadata: str = "<dc:title>On Water</dc:title>"
    ncx: str = ""
    nav: str = ""
    guide: str = ""
    head: str = ""
    spine: list[str] | None = None
    hrefs: dict[str, str] | None = None
    more: dict[str, str | bytes] | None = None

    def parts(self) -> dict[str, str | bytes]:
        """Return the members."""
        hrefs = {name: name for name in self.pages} | (self.hrefs or {})
        items = "".join(
            f'<item id="{name}" href="{href}" media-type="application/xhtml+xml"/>'
            for name, href in hrefs.items()
        )
        extra: dict[str, str | bytes] = {}
        if self.nav:
            items += '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            extra["OEBPS/nav.xhtml"] = _page(f'<nav epub:type="toc"><ol>{self.nav}</ol></nav>')
        if self.ncx:
            items += '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
            extra["OEBPS/toc.ncx"] = (
                '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "ncx-2005-1.dtd">'
                f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{self.ncx}</navMap></ncx>'
            )
        order = self.spine if self.spine is not None else list(hrefs)
        refs = "".join(f'<itemref idref="{name}"/>' for name in order)
        return {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": f'{self.head}<package xmlns="http://www.idpf.org/2007/opf" {_DC}>'
            f"<metadata>{self.metadata}</metadata><manifest>{items}</manifest>"
            f"<spine>{refs}</spine><guide>{self.guide}</guide></package>",
            **extra,
            **{f"OEBPS/{name}": _page(body) for name, body in self.pages.items()},
            **(self.more or {}),
        }

    def __bytes__(self) -> bytes:
        return zipped(self.parts(), stored=("mimetype",))


def _page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html '
        'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title/></head><body>{body}</body></html>"
    )


def taken(data: bytes, name: str = "") -> list[Document | LeftOut]:
    """Read a file by its content."""
    raw = Raw(origin=name or "file", data=data, name=name)
    found = list(read_raw(raw, settings=SETTINGS))
    assert all(isinstance(one, Document | LeftOut) for one in found)
    return found  # type: ignore[return-value]


def document(data: bytes, name: str = "") -> Document:
    """Read a file from which one document and nothing else comes out."""
    (found,) = taken(data, name)
    assert isinstance(found, Document), found
    for block in found.blocks:
        assert found.text[block.start : block.end].strip()
    return found


def left_out(data: bytes, name: str = "") -> LeftOut:
    """Read a file of which nothing but a reason comes out."""
    (found,) = taken(data, name)
    assert isinstance(found, LeftOut), found
    return found


def shown(found: Document) -> list[tuple[str, int | None, str]]:
    """List the blocks of a document."""
    return [(one.kind, one.level, found.text[one.start : one.end]) for one in found.blocks]
