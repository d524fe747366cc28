"""Put passages into the parts train, dev and test.

    python corpus/pack.py NAME FILE.jsonl ... [--dev PERCENT] [--test PERCENT]

Writes `corpus/NAME-train.jsonl.gz` and so on. Passages that a collection of the name has already stay in it, but those
given anew. Which part a passage belongs to is decided by its document's name and by the long sentences that documents
share; where one that is there would change its part, nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.errors import KgError
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
    files = {name: HERE / f"{given.name}-{name}.jsonl.gz" for name in PARTS}
    try:
        new = [record for path in given.files for record in read_records(path)]
        anew = {passage(record).id for record in new}
        held = {name: list(read_records(path)) for name, path in files.items() if path.is_file()}
        kept = [record for own in held.values() for record in own if record["id"] not in anew]
        records = [*kept, *new]
        passages = [passage(record) for record in records]
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    part = parts(passages, dev=given.dev, test=given.test)
    wrong = faults(passages)
    for name, own in held.items():
        moved = [record["id"] for record in own if part[record["id"]] != name]
        wrong += [
            f"{one}: stands in {name} and would go to {part[one]}; give --dev and --test as before" for one in moved
        ]
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    for name, path in files.items():
        own = [record for record in records if part[record["id"]] == name]
        if own:
            write_records(own, path)
        print(f"{given.name}-{name}: {len(own)} passages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
