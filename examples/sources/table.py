"""A table of texts (CSV, or JSON as a list or one object a line) → source records.

Tell which column is which; what is not told is not known:

    python examples/sources/table.py articles.csv --id slug --text body --title headline \
        --speaker byline --date published --url link > articles.jsonl
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.read.metadata import HOW_TO_DATE, parse_date

FIELDS = ("title", "speaker", "date", "occasion", "language", "url", "rights")


def rows_of(path: Path) -> Iterator[dict[str, object]]:
    """Read the rows of a table, whatever its form."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".csv":
        csv.field_size_limit(10**8)
        yield from csv.DictReader(text.splitlines(keepends=True))
    elif text.lstrip().startswith("["):
        yield from json.loads(text)
    else:
        yield from (json.loads(line) for line in text.splitlines() if line.strip())


def main() -> int:
    """Write a record a row to standard output; say which rows were left out."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("table", type=Path)
    parser.add_argument("--id", help="the column that tells the texts apart; else rows are counted")
    parser.add_argument("--text", default="text", help="the column with the words")
    for field in FIELDS:
        parser.add_argument(f"--{field}", help=f"the column with the {field}", metavar="COLUMN")
    told = parser.parse_args()
    left_out = 0
    for number, row in enumerate(rows_of(told.table), 1):
        record: dict[str, str] = {"id": str(row.get(told.id) or f"{told.table.stem}/{number}")}
        for field in FIELDS:
            value = str(row.get(getattr(told, field)) or "").strip()
            if value:
                record[field] = value
        text = str(row.get(told.text) or "").strip()
        if not text:
            left_out += 1
            print(f"row {number} has no text in {told.text!r}: left out", file=sys.stderr)
            continue
        if "date" in record:
            date = parse_date(record.pop("date"))
            if date:
                record["date"] = date
            else:
                print(
                    f"row {number} has a date that is not understood. {HOW_TO_DATE}",
                    file=sys.stderr,
                )
        print(json.dumps(record | {"text": text}, ensure_ascii=False))
    return 1 if left_out else 0


if __name__ == "__main__":
    raise SystemExit(main())
