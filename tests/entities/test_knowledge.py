from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from kg.entities import knowledge
from kg.errors import InputError
from kg.model import EntityType

FOLDER = Path(knowledge.__file__).parent


@pytest.mark.parametrize(
    ("surface", "label", "sense", "id"),
    [
        ("russia", "Russia", "name", "Q159"),
        ("us", "United States", "alias", "Q30"),
        ("britain", "United Kingdom", "alias", "Q145"),
        ("türkiye", "Turkey", "alias", "Q43"),
        ("holy see", "Vatican City", "alias", "Q237"),
        ("thai", "Thailand", "demonym", "Q869"),
        ("french", "France", "demonym", "Q142"),
        ("kremlin", "Russia", "seat", "Q159"),
        ("nato", "NATO", "name", "Q7184"),
        ("asean", "Association of Southeast Asian Nations", "alias", "Q7768"),
        ("kuala lumpur", "Malaysia", "seat", "Q833"),
        ("kosovo", "Kosovo", "name", "Q1246"),
    ],
)
def test_the_best_reading(surface: str, label: str, sense: str, id: str) -> None:
    best = knowledge.load()[surface][0]
    assert (best.label, best.sense, best.id) == (label, sense, id)


def test_a_capital_is_a_city_and_a_seat() -> None:
    readings = {(k.label, k.sense, k.id) for k in knowledge.load()["kiev"]}
    assert readings == {("Ukraine", "seat", "Q212"), ("Kyiv", "alias", "Q1899")}


def test_romanised_surnames_lead_to_one_person() -> None:
    gazetteer = knowledge.load()
    spellings = ("zelenskyy", "zelensky", "zelenskiy", "volodymyr zelensky")
    assert {gazetteer[s][0].id for s in spellings} == {"Q3874799"}
    assert all(gazetteer[s][0].type is EntityType.PERSON for s in spellings)


def test_a_common_surname_names_nobody() -> None:
    assert "johnson" not in knowledge.load()


def test_every_row_fits_and_the_tables_are_small() -> None:
    total = 0
    for name in knowledge.TABLES:
        path = FOLDER / name
        total += path.stat().st_size
        with path.open(encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        assert rows, name
        for row in rows:
            assert row["surface"] == row["surface"].lower() and row["label"], row
            assert row["type"] in EntityType.__members__ and row["sense"] in knowledge.SENSES, row
            assert row["id"] == "" or (row["id"][0] == "Q" and row["id"][1:].isdigit()), row
    assert total < 2_000_000
    assert {p.name for p in FOLDER.glob("*.csv")} == set(knowledge.TABLES)


def test_hand_written_rows_have_no_ids_of_their_own_but_find_them() -> None:
    with (FOLDER / "usage.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert not any(row["id"] for row in rows)
    gazetteer = knowledge.load()
    states = [row for row in rows if row["sense"] in ("seat", "demonym")]
    assert all(any(k.id for k in gazetteer[row["surface"]] if k.label == row["label"]) for row in states)


def test_a_table_of_the_user_wins(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("surface,label,type,id,sense,country\nThe Hydra,Hydra Council,ORG,,,\n\nrussia,Rus,GPE,Q1,,\n")
    gazetteer = knowledge.load(table)
    assert gazetteer["hydra"][0].label == "Hydra Council"
    assert [k.label for k in gazetteer["russia"]] == ["Rus", "Russia"]


@pytest.mark.parametrize("content", ["a,b\n", "surface,label,type,id,sense,country\nx,X,PLACE,,,\n", b"\xff\xfe\x00"])
def test_a_bad_table_is_told(tmp_path: Path, content: str | bytes) -> None:
    table = tmp_path / "own.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=r"own\.csv"):
        knowledge.load(table)


def test_loading_is_cheap_and_cached() -> None:
    knowledge._load.cache_clear()
    started = time.process_time()
    first = knowledge.load()
    assert time.process_time() - started < 0.5  # about 0.03 s; a slow machine must not fail the suite
    assert knowledge.load() is first
