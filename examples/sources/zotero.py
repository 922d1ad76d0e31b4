"""A Zotero library → a folder of texts with their table.

Export the library as CSV, then name the export and Zotero's folder ``storage``, where each
attachment lies beside the text that Zotero read out of it for its own search:

    python examples/sources/zotero.py library.csv ~/Zotero/storage zotero-texts/
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

COLUMNS = ("Title", "Author", "Date", "Language", "Url", "Rights")
KEY = re.compile(r"storage[/\\]([A-Z0-9]{8})[/\\]")
"""An attachment's folder, in the column of files: `…/storage/ABCD2345/paper.pdf`."""
CACHE = ".zotero-ft-cache"


def main() -> int:
    """Copy the texts, write their table, and say which items have none."""
    if len(sys.argv) != 4:
        print((__doc__ or "").strip(), file=sys.stderr)
        return 2
    table, storage, folder = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    left_out = 0
    with (
        table.open(encoding="utf-8-sig", newline="") as library,
        (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as known,
    ):
        writer = csv.writer(known)
        writer.writerow(["file", *(name.lower() for name in COLUMNS)])
        for row in csv.DictReader(library):
            keys = KEY.findall(row.get("File Attachments") or "")
            texts = [storage / key / CACHE for key in keys if (storage / key / CACHE).is_file()]
            if not texts:
                left_out += 1
                print(f"{row.get('Title')!r} has no text that Zotero has read", file=sys.stderr)
            for text in texts:
                name = f"{text.parent.name}.txt"
                (folder / name).write_bytes(text.read_bytes())
                writer.writerow([name, *(row.get(column) or "" for column in COLUMNS)])
    return 1 if left_out else 0


if __name__ == "__main__":
    raise SystemExit(main())
