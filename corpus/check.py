"""Check annotated passages and write them as JSON Lines.

    python corpus/check.py PASSAGES.txt ANNOTATED.ann [OUT.jsonl] [--source TEXT] [--reader NAME]

Prints every line that cannot be read and every passage that breaks the guide's rules, then what was found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from kg.errors import KgError
from kg.language.training.annotation import read_annotation, read_sentences, read_text
from kg.language.training.passages import write_records


def main() -> int:
    """Check one batch; exit code 1 if anything is wrong with it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("passages", type=Path, help="`# id`, then numbered sentences")
    parser.add_argument("annotated", type=Path, help="the lines of the guide")
    parser.add_argument("out", type=Path, nargs="?", help="where the passages go as JSON Lines")
    parser.add_argument("--source", default="not told", help="where the texts are from, with their licence")
    parser.add_argument("--reader", default="", help="the name of the reading")
    given = parser.parse_args()
    try:
        sentences = read_sentences(read_text(given.passages), where=str(given.passages))
        text = read_text(given.annotated)
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    records, wrong = read_annotation(text, sentences, source=given.source, reader=given.reader)
    counts = Counter(key for record in records for key in ("events", "statements") for _ in record[key])
    counts.update(link[1] for record in records for link in record["relations"])
    counts["initiatives"] = sum(1 for record in records for event in record["events"] if event["kind"])
    for fault in wrong:
        print(fault)
    told = [f"{count} {name}" for name, count in sorted(counts.items())]
    print(f"{len(records)} passages:", ", ".join([*told, f"{len(wrong)} faults"]))
    if given.out:
        write_records(records, given.out)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
