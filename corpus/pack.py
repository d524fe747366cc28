"""Put passages into the parts train, dev and test.

    python corpus/pack.py NAME FILE.jsonl ... [--dev PERCENT] [--test PERCENT]

Writes `corpus/NAME-train.jsonl.gz` and so on; which part a passage belongs to is decided by its document's name
alone, so that a part's passages stay where they are when others join.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.language.training.passages import PARTS, faults, parts, passage, read_records, write_records

HERE = Path(__file__).parent


def main() -> int:
    """Write the parts; exit code 1 and nothing written if a passage breaks the rules."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", help="name of the collection")
    parser.add_argument("files", type=Path, nargs="+", help="passages as JSON Lines")
    parser.add_argument("--dev", type=int, default=8, help="percent of the documents for dev")
    parser.add_argument("--test", type=int, default=12, help="percent of the documents for test")
    given = parser.parse_args()
    records = [record for path in given.files for record in read_records(path)]
    passages = [passage(record) for record in records]
    if wrong := faults(passages):
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    part = parts(passages, dev=given.dev, test=given.test)
    for name in PARTS:
        own = [record for record in records if part[record["id"]] == name]
        if own:
            write_records(own, HERE / f"{given.name}-{name}.jsonl.gz")
        print(f"{given.name}-{name}: {len(own)} passages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
