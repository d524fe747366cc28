from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.entities import knowledge
from kg.errors import InputError
from kg.model import EntityType
from kg.runner.work import task_of

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


@pytest.mark.parametrize("name", ["usage.csv", "bodies.csv", "leaders_recent.csv"])
def test_no_id_is_written_by_hand(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as f:
        assert not any(row["id"] for row in csv.DictReader(f))


def test_every_table_names_its_source() -> None:
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in sources for name in knowledge.TABLES)


def test_terms_of_office() -> None:
    gazetteer = knowledge.load()
    [putin] = gazetteer["vladimir putin"]
    assert knowledge.Term("President of Russia", "RU", "2012", "") in knowledge.terms_of(gazetteer, putin)
    [trump] = gazetteer["trump"]
    told = {(term.begin, term.end) for term in knowledge.terms_of(gazetteer, trump)}
    assert {("2017-01-20", "2021-01-20"), ("2025-01-20", "")} <= told
    assert knowledge.terms_of({}, putin) == ()


def test_one_king_of_many_states_is_one() -> None:
    [king] = knowledge.load()["charles iii"]
    assert (king.id, king.country) == ("Q43274", "GB")


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
    gazetteer = knowledge.load((table,))
    assert gazetteer["hydra"][0].label == "Hydra Council"
    assert [k.label for k in gazetteer["russia"]] == ["Rus", "Russia"]


@pytest.mark.parametrize("content", ["a,b\n", "surface,label,type,id,sense,country\nx,X,PLACE,,,\n", b"\xff\xfe\x00"])
def test_a_bad_table_is_told(tmp_path: Path, content: str | bytes) -> None:
    table = tmp_path / "own.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=r"own\.csv"):
        knowledge.load((table,))


HEADER = "surface,label,type,id,sense,country,office,begin,end\n"


def test_a_user_tells_terms_of_office(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(HEADER + "Amina Osei,,PERSON,,,GH,Minister of Fisheries of Ghana,2024-03,\n", encoding="utf-8")
    gazetteer = knowledge.load_user_knowledge(str(table))
    [minister] = gazetteer["amina osei"]
    assert knowledge.terms_of(gazetteer, minister) == (
        knowledge.Term("Minister of Fisheries of Ghana", "GH", "2024-03", ""),
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,X,PERSON,12,,GH,,,", "'12' is no Wikidata id"),
        ("x,X,PERSON,,nickname,GH,,,", "'nickname' is no sense"),
        ("x,X,PERSON,,,Ghana,,,", "'Ghana' is no country code"),
        ("x,X,PERSON,,,GH,Mayor of X,May 2024,", "'May 2024' is no date"),
        ("x,X,GPE,,,GH,Mayor of X,2024,", "without a person"),
        ("x,X,PERSON,,,GH,,2024,", "without a person or an office"),
        ("x,X,PERSON", "the row has 3 fields, the header 9"),
        (",X,PERSON,,,,,,", "no surface form"),
    ],
)
def test_each_fault_of_a_row_is_told_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    table = tmp_path / "own.csv"
    table.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        knowledge.load((table,))
    assert "own.csv, line 2" in str(caught.value)


def test_a_changed_table_is_read_anew(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("surface,label,type,id,sense,country\nhydra,Hydra,ORG,,,\n", encoding="utf-8")
    before = knowledge.digest((table,))
    assert "hydra" in knowledge.load((table,))
    table.write_text("surface,label,type,id,sense,country\nkraken,Kraken,ORG,,,\n", encoding="utf-8")
    assert "hydra" not in knowledge.load((table,)) and knowledge.digest((table,)) != before


def test_tables_are_loaded_once() -> None:
    knowledge._load.cache_clear()
    assert knowledge.load() is knowledge.load()


def test_documents_are_read_anew_with_other_tables(tmp_path: Path) -> None:
    tables = []
    for name in ("one", "two"):
        tables.append(tmp_path / f"{name}.csv")
        tables[-1].write_text(f"surface,label,type,id,sense,country\n{name},{name},ORG,,,\n", encoding="utf-8")
    versions = {task_of(None, (), chosen).version for chosen in ((), (tables[0],), (tables[1],), tuple(tables))}
    assert len(versions) == 4
    with pytest.raises(InputError, match=r"none\.csv"):
        task_of(None, (), (tmp_path / "none.csv",))


def test_a_body_of_two_tables_has_one_id() -> None:
    gazetteer = knowledge.load()
    names = ("unhcr", "un refugee agency", "united nations high commissioner for refugees")
    assert len({known.id for name in names for known in gazetteer[name]}) == 1
    # of one name but another abbreviation: what is the same there, the tables do not tell
    assert gazetteer["court of justice of the european union"][0].id == "Q4951"
