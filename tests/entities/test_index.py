"""Large tables of names: looked up on disk, compiled from source tables, described."""

from __future__ import annotations

import csv
import json
import pickle
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.entities import knowledge
from kg.entities.knowledge.index import Index, write_index
from kg.entities.knowledge.manifest import tables
from kg.entities.knowledge.office_holders import LEADER, MEMBER, MINISTER, rank
from kg.entities.knowledge.update import compile_tables
from kg.entities.linking import Actor, Context, TableLinker
from kg.errors import InputError

FOLDER = Path(knowledge.__file__).parent
PLACE = "name,aliases,type,wikidata,country,admin1,population,lat,lon,kind,check"
BODY = "name,aliases,type,wikidata,country,kind"
PERSON = "name,aliases,type,wikidata,country,office,start,end,source"
SOURCES = {
    "places_ne.csv": [PLACE, "Oldtown,Novy Gorod,GPE,Q11,NO,Fjordland,250000,60.5,10.25,place,wd!Novy Gorod"],
    "places_wikidata.csv": [PLACE, "Far Isle,,LOC,Q12,,,90000,,,island,"],
    "cities_odbl.csv": [PLACE, "Oldtown,,GPE,Q13,US,Ohio,16000,40,-80,city,"],
    "divisions_odbl.csv": [
        PLACE,
        "Fjordland,,GPE,Q14,NO,,900000,61,9,province,",
        "Snowmark,Downhill|Snomark|Province of Snowmark|snow,GPE,Q18,NO,,50000,60,10,province,",
        "Blue Sea,,GPE,Q15,NO,,100000,62,9,governorate,",
        "Oldtown,,GPE,Q17,NO,,300000,60,10,county,",
    ],
    "people_offices.csv": [
        PERSON,
        "Åse Lund,,PERSON,Q21,NO,Prime Minister of Norway,2021,2024,eps",
        "Ola Berg,,PERSON,Q22,NO,Minister of Fisheries of Norway,2021,,eps",
        "Per Old,,PERSON,Q23,NO,Prime Minister of Norway,1890,1900,eps",
    ],
    "people_legislators.csv": [PERSON, "Kari Vik,,PERSON,Q24,NO,Member of the Parliament of Norway,2017,,eps"],
    "people_nobel.csv": [PERSON, "Ada Star,,PERSON,Q25,,Nobel laureate,2020,,x"],
    "leaders_current.csv": [PERSON, "Ola Berg,,PERSON,Q22,NO,Prime Minister,2024-05-01,,world-leaders-current"],
    "leaders_recent_ids.csv": ["label,country,wikidata,evidence", "Åse Lund,NO,Q21,offices"],
    "media_brands.csv": [BODY, "Fjord Times,,ORG,Q31,NO,newspaper"],
    "companies_agencies_nsi.csv": [BODY, "Target,,ORG,Q32,,company", "Nord Bank AS,Nord Bank,ORG,Q33,NO,company"],
    "organisations_ror.csv": [
        BODY,
        "Norwegian Institute of Snow,NIS,ORG,Q34,NO,agency",
        "Snow Council of Norway,,ORG,Q37,,agency",
        "Norwegian Fleet,,ORG,Q38,NO,agency",
        "Norwegian Navy,,ORG,Q39,NO,agency",
    ],
    "parties.csv": [BODY, "People's Party of Norway,,ORG,Q35,NO,party", "People's Party,,ORG,Q36,SE,party"],
}


def sources(folder: Path) -> Path:
    for name, rows in SOURCES.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Index]:
    target = tmp_path_factory.mktemp("tables")
    compile_tables(sources(tmp_path_factory.mktemp("sources")), target)
    return {path.stem: Index(path) for path in target.glob("*.tsv")}


def test_every_key_of_a_table_is_found(tmp_path: Path) -> None:
    rows = [(f"name {number // 3:05}", str(number), "x" * (number % 50)) for number in range(9000)]
    assert write_index(tmp_path / "t.tsv", rows) == 9000
    index = Index(tmp_path / "t.tsv")
    for number in (0, 1, 1500, 2998, 2999):
        assert [row[0] for row in index.rows(f"name {number:05}")] == [str(3 * number + k) for k in range(3)]
    assert index.rows("name 0000") == index.rows("zzz") == index.rows("!newskg") == []
    assert len(list(index.surfaces())) == 3000
    assert pickle.loads(pickle.dumps(index)).rows("name 00007") == index.rows("name 00007")


def test_keys_that_are_no_surface_forms_are_not_listed(tmp_path: Path) -> None:
    write_index(tmp_path / "t.tsv", [("#Q1", "place"), ("@NO", "x"), ("~a b", "y"), ("oslo", "z"), ("ålesund", "z")])
    assert list(Index(tmp_path / "t.tsv").surfaces()) == ["oslo", "ålesund"]


@pytest.mark.parametrize("content", [b"", b"surface,label\n"])
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.tsv").write_bytes(content)
    with pytest.raises(InputError, match=r"t\.tsv"):
        Index(tmp_path / "t.tsv")


def test_places_are_compiled(made: dict[str, Index]) -> None:
    assert made["places"].rows("novy gorod") == [("Novy Gorod", "GPE", "Q11", "name", "NO", "250000", "read")]
    assert made["places"].rows("#Q11") == [("place", "60.5", "10.25", "250000", "Fjordland")]
    assert made["places"].rows("far isle")[0][1] == "LOC" and not made["places"].rows("#Q12")
    small, county = sorted(made["places_odbl"].rows("oldtown"), key=lambda row: row[2])
    assert small[2:] == ("Q13", "name", "US", "16000", "link")  # too small to be searched for
    assert county[2] == "Q17" and made["places_odbl"].rows("oldtown county")[0][6] == "read"


def test_a_division_has_no_names_that_a_machine_translated(made: dict[str, Index]) -> None:
    places = made["places_odbl"]
    assert {name for name in ("downhill", "snomark", "province of snowmark", "snow") if places.rows(name)} == {
        "snomark",
        "province of snowmark",
    }


@pytest.mark.parametrize("word", ["down", "abortion", "suspend", "cheap", "merci"])
def test_words_are_no_places(word: str) -> None:
    assert word not in knowledge.load()


def test_a_sea_is_no_governorate(made: dict[str, Index]) -> None:
    assert not [row for row in made["places_odbl"].rows("blue sea") if row[6] == "read"]
    assert made["places_odbl"].rows("blue sea governorate")[0][2] == "Q15"


def test_people_are_compiled(made: dict[str, Index]) -> None:
    assert made["people"].rows("ase lund") == [("Åse Lund", "PERSON", "Q21", "name", "NO", str(LEADER), "read")]
    assert made["people"].rows("lund")[0][6] == "link"
    assert made["people"].rows("kari vik")[0][5:] == (str(MEMBER), "link")
    assert not made["people"].rows("per old")
    assert {row[0] for row in made["people"].rows("@NO")} == {"Q21", "Q22"}
    assert made["leaders_by_sa"].rows("#Q22") == [
        ("term", "Prime Minister of Norway", "NO", "2024-05-01", "", "2026-08-31")
    ]


def test_bodies_are_compiled(made: dict[str, Index]) -> None:
    bodies = made["institutions"]
    assert bodies.rows("target")[0][6] == "link" and bodies.rows("fjord times")[0][6] == "read"
    assert bodies.rows("institute of snow")[0][2] == "Q34"
    assert {row[2] for row in bodies.rows("people's party")} == {"Q35", "Q36"}
    assert all(row[6] == "link" for row in bodies.rows("people's party"))
    assert bodies.rows("nis") == [("Norwegian Institute of Snow", "ORG", "Q34", "alias", "NO", "0", "link")]


def test_a_body_is_a_candidate_without_its_state(made: dict[str, Index]) -> None:
    bodies = made["institutions"]
    assert {(row[2], row[4]) for row in bodies.rows("snow council")} == {("Q37", "NO")}  # which no row tells
    assert not bodies.rows("fleet") and bodies.rows("navy")[0][2] == "Q39"


def test_chambers_and_the_past_come_with_the_package(made: dict[str, Index]) -> None:
    assert {row[4] for row in made["institutions"].rows("house of commons")} == {"GB", "CA"}
    assert made["institutions"].rows("lok sabha")[0][1:3] == ("ORG", "Q230003")
    assert {made["past"].rows(name)[0][2] for name in ("world war ii", "second world war")} == {"Q362"}
    assert made["past"].rows("second world war")[0][0] == "Second World War"
    assert made["past"].rows("soviet union")[0][1:6] == ("GPE", "Q15180", "name", "", "1000000")


@pytest.mark.parametrize("name", ["past.csv", "legislatures.csv"])
def test_every_shipped_row_has_an_id_of_its_own_and_a_source(name: str) -> None:
    with (FOLDER / "sources" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["wikidata"] for row in rows]
    assert len(set(ids)) == len(ids) > 25 and all(re.fullmatch(r"Q[1-9]\d*", item) for item in ids)
    assert all(row["source"] and row["type"] in ("EVENT", "GPE", "PERSON", "ORG") for row in rows)


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        ("President of Norway", LEADER),
        ("Prime Minister", LEADER),
        ("Prime Minister of the Netherlands", LEADER),
        ("President of the Senate", MINISTER),
        ("Minister of Health", MINISTER),
        ("Deputy Minister of Health", MEMBER),
        ("ambassador to France", MEMBER),
        ("Member of the Parliament of Norway", MEMBER),
    ],
)
def test_offices_have_ranks(office: str, expected: int) -> None:
    assert rank(office, frozenset({"norway", "netherlands"})) == expected


def test_a_table_that_lacks_is_told_before_anything_is_written(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    (folder / "parties.csv").unlink()
    with pytest.raises(InputError, match=r"parties\.csv"):
        compile_tables(folder, tmp_path)
    assert not list(tmp_path.glob("*.tsv"))


def test_newer_tables_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    result = CliRunner().invoke(
        cli, ["knowledge", "update", str(sources(tmp_path / "in")), "--output", str(tmp_path / "out")]
    )
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(knowledge.INDEXES) - {"state_spots_odbl.tsv"}


def test_the_command_line_says_what_the_tables_are_as_of() -> None:
    found = json.loads(CliRunner().invoke(cli, ["knowledge", "--json"]).output)
    assert {one["file"] for one in found} == {*knowledge.TABLES, *knowledge.INDEXES}
    assert all(re.fullmatch(r"20\d\d(-\d\d)?", one["as_of"]) and one["licence"] for one in found)
    of_france = CliRunner().invoke(cli, ["knowledge", "find", "Macron"]).output.splitlines()
    assert "    President of France, since 2017-05-14" in of_france
    assert "    Minister of Economy, Industry and Digital, 2014-08-26 to 2016-08-30" in of_france
    assert "Q230" in CliRunner().invoke(cli, ["knowledge", "find", "Georgia"]).output


def test_every_table_is_described_and_small() -> None:
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert all(f"`{one.file}`" in sources for one in tables())
    assert {path.name for path in FOLDER.glob("*.tsv")} == set(knowledge.INDEXES)
    assert sum((FOLDER / name).stat().st_size for name in knowledge.INDEXES) < 20_000_000


@pytest.mark.parametrize(
    ("surface", "item"),
    [("london", "Q84"), ("milan", "Q490"), ("rome", "Q220"), ("dhaka", "Q1354"), ("the hague", "Q36600")],
)
def test_cities_that_an_older_table_had_wrong(surface: str, item: str) -> None:
    found = knowledge.candidates_of(knowledge.load(), surface.removeprefix("the "))
    assert item in {known.id for known in found if known.sense != "seat"}
    actor = Actor("http://x/a", "GeopoliticalEntity", surface.title(), True)
    chosen = TableLinker(knowledge.load()).link(actor, Context()).chosen
    assert chosen is not None and chosen.id == item


def test_where_a_place_is() -> None:
    gazetteer = knowledge.load()
    city, state = knowledge.spot_of(gazetteer, "Q84"), knowledge.spot_of(gazetteer, "Q30")
    assert city is not None and state is not None
    assert (round(float(city.latitude)), round(float(city.longitude))) == (52, 0)
    assert (float(state.latitude), float(state.longitude)) == (38, -97)
    assert knowledge.spot_of(gazetteer, "Q999999999") is None and knowledge.spot_of({}, "Q84") is None
