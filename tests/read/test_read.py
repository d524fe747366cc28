"""Every kind of input, good and bad: what is read, and the sentence that tells of what is not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg.read.files as files_module
from kg.errors import InputError
from kg.model import Document
from kg.read import Problem, Source, read
from kg.read.language import foreign_language

ENGLISH = "Kyiv proposed direct talks with Moscow on Thursday, and the Kremlin turned the offer down."
FRENCH = "Le gouvernement a proposé jeudi des négociations directes, mais l'autre partie a refusé son offre."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def records(*lines: object, name: str = "news.jsonl") -> str:
    return write(name, "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))


def one(*paths: str) -> Document:
    [found] = read(paths)
    assert isinstance(found, Document), str(found)
    return found


def problem(*paths: str) -> Problem:
    problems = [found for found in read(paths) if isinstance(found, Problem)]
    assert len(problems) == 1, [str(found) for found in problems]
    return problems[0]


def test_a_text_is_kept_exactly_as_given() -> None:
    text = f"  {ENGLISH}\r\n\r\nA café…\t\u2028\x0c next line\x85 and 🙂\rthe end\n"
    assert one(write("a.txt", text)) == Document(id="a.txt", text=text)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert one(write("a.txt", b"\xef\xbb\xbf" + ENGLISH.encode())).text == ENGLISH
    assert one(write("a.jsonl", b"\xef\xbb\xbf" + json.dumps({"text": ENGLISH}).encode())).text == ENGLISH


@pytest.mark.parametrize("name", ["./a.txt", "sub/../a.md", "a", "A.TXT"])
def test_the_id_of_a_lone_file_is_its_path_as_given(name: str) -> None:
    Path("sub").mkdir()
    assert one(write(name, ENGLISH)).id == name


def test_a_folder_is_read_to_its_depths_in_order() -> None:
    for name in ("b.txt", "a/z.md", "a/c.jsonl", ".hidden/x.txt", "a/.x.txt", "picture.png", "a/old.pdf"):
        write(f"news/{name}", json.dumps({"text": ENGLISH}) if name.endswith("jsonl") else ENGLISH)
    expected = ["news/a/c.jsonl:1", "news/a/z.md", "news/b.txt"]
    for given in ("news", "news/"):
        assert [found.id for found in read([given]) if isinstance(found, Document)] == expected


def test_records_carry_what_is_known() -> None:
    name = records(
        {
            "id": "a",
            "text": ENGLISH,
            "title": "T",
            "published": "2025-05-24",
            "url": "https://e.org/a",
            "publisher": "P",
        },
        "",
        {"id": 7, "text": ENGLISH, "published": "2025-05-24T23:30:00-07:00", "title": None, "section": "World"},
        {"text": ENGLISH},
    )
    day = date(2025, 5, 24)
    assert list(read([name])) == [
        Document("a", ENGLISH, "T", day, "https://e.org/a", "P"),
        Document("7", ENGLISH, published=day),
        Document("news.jsonl:4", ENGLISH),
    ]


def test_a_page_is_read_without_what_surrounds_it() -> None:
    page = (
        '<html><head><title>Talks</title><meta property="og:site_name" content="The Paper">'
        '<meta property="article:published_time" content="2025-05-23T10:00:00Z"></head>'
        '<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article>'
        f"<p>{ENGLISH}</p><p>{ENGLISH} Nobody at the café was surprised.</p></article></body></html>"
    )
    found = one(write("page.html", page))
    assert found.text == f"{ENGLISH}\n\n{ENGLISH} Nobody at the café was surprised."
    assert (found.title, found.published, found.publisher) == ("Talks", date(2025, 5, 23), "The Paper")
    assert one(write("2025-05-20-page.html", page)).published == date(2025, 5, 23)
    undated = page.replace("2025-05-23T10:00:00Z", "")
    assert one(write("2025-05-20-page.html", undated)).published == date(2025, 5, 20)
    assert one(write("page.html", undated)).published is None
    write("page.html", page)
    [dated] = read(["page.html"], published="2025-06-01")
    assert isinstance(dated, Document) and dated.published == date(2025, 6, 1)


def test_a_date_comes_from_the_record_then_the_option_then_the_file_name() -> None:
    dated = write("2025-05-24-exchange.txt", ENGLISH)
    assert one(dated).published == date(2025, 5, 24)
    assert one(write("2025-13-40 x.txt", ENGLISH)).published is None
    name = records({"id": "a", "text": ENGLISH, "published": "2025-01-02"}, {"id": "b", "text": ENGLISH})
    found = [one.published for one in read([dated, name], published="2025-06-01") if isinstance(one, Document)]
    assert found == [date(2025, 6, 1), date(2025, 1, 2), date(2025, 6, 1)]
    lines = Path(name).read_text(encoding="utf-8")
    named = write("2025-05-24 news.jsonl", lines), write("2025-05-24.csv", f'id,text\nc,"{ENGLISH}"\n')
    found = [one.published for one in read(named) if isinstance(one, Document)]
    assert found == [date(2025, 1, 2), date(2025, 5, 24), date(2025, 5, 24)]
    assert one(write("2025-05-24.eml", f"Subject: Talks\n\n{ENGLISH}")).published == date(2025, 5, 24)


def test_a_malformed_published_is_refused() -> None:
    with pytest.raises(InputError, match=r"^--published: 'yesterday' is no date; write it as in 2025-05-24\.$"):
        next(read(["a.txt"], published="yesterday"))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "the text is empty"),
        ("blank.txt", b" \n\t\n", "the text is empty"),
        ("empty.jsonl", b"", "the file is empty"),
        ("zero.txt", b"text\0text", "binary (a zero byte at byte 4)"),
        ("paper.txt", b"%PDF-1.7 ...", "a PDF, not text; extract its text first"),
        ("zip.jsonl", b"PK\x03\x04...", "a ZIP or office file"),
        (
            "latin.txt",
            ENGLISH.encode() + "é".encode("latin-1"),
            f"byte 0xe9 at byte offset {len(ENGLISH)}); convert it",
        ),
        ("bom.txt", b"\xef\xbb\xbfcaf\xe9", "byte 0xe9 at byte offset 6"),
        ("wide.txt", ENGLISH.encode("utf-16"), "UTF-16, not UTF-8; convert it with: iconv"),
        ("list.odt", b"a,b", "files named .odt cannot be read; give one of .atom, .csv, .docx"),
        ("empty.html", b"", "no article text is found"),
        ("bare.html", b"<html><body></body></html>", "no article text is found"),
        (
            "french.txt",
            FRENCH.encode(),
            "not English (it looks like 'fr'); leave it out, or force it with --any-language",
        ),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(name: str, content: bytes, words: str) -> None:
    found = problem(write(name, content))
    assert found.where == name
    assert words in str(found) and str(found).endswith(".") and "\n" not in str(found)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": ', "news.jsonl:2: the line is not valid JSON"),
        ("[1, 2]", "news.jsonl:2: the line is JSON but no object"),
        ("[" * 100_000, "news.jsonl:2: "),
        (f'{{"text": "{ENGLISH}", "views": {"7" * 5000}}}', "news.jsonl:2: the record holds a number of thousands of"),
        (f'{{"text": "{ENGLISH}", "id": -{"7" * 5000}}}', "news.jsonl:2: the record holds a number of thousands of"),
        ({"id": "x"}, "news.jsonl:2: the record has no text"),
        ({"text": None}, "news.jsonl:2: the record has no text"),
        ({"text": 4}, 'news.jsonl:2: the field "text" is of type int'),
        ({"text": ENGLISH, "title": ["T"]}, 'news.jsonl:2: the field "title" is of type list'),
        ({"text": ENGLISH, "id": True}, 'news.jsonl:2: the field "id" is of type bool'),
        ({"text": ENGLISH, "published": "last May"}, "news.jsonl:2: the field \"published\" is 'last May', no date"),
        ({"text": ""}, "news.jsonl:2: the text is empty"),
        ({"text": ENGLISH + "\ud800"}, "U+D800"),
        ({"text": "zero \0"}, "U+0000, character 5"),
        ({"id": "first", "text": f"{ENGLISH} So."}, "record 2: the id 'first' is taken by news.jsonl, record 1"),
        ({"text": FRENCH}, "news.jsonl:2: the text is not English"),
    ],
)
def test_a_bad_record_costs_no_other(line: object, words: str) -> None:
    name = records({"id": "first", "text": ENGLISH}, line, {"id": "last", "text": ENGLISH})
    found = list(read([name]))
    assert [one.id if isinstance(one, Document) else "" for one in found] == ["first", "", "last"]
    assert words in str(found[1])
    assert str(found[1]).encode()  # it can be printed


def test_a_line_that_is_not_utf8_is_told_by_its_place_in_the_file() -> None:
    first = json.dumps({"text": ENGLISH}).encode() + b"\n"
    name = write("news.jsonl", b"\xef\xbb\xbf" + first + b'{"text": "caf\xe9"}\n')
    assert f"news.jsonl:2: the text is not UTF-8 (byte 0xe9 at byte offset {3 + len(first) + 13})" in str(problem(name))


def test_an_id_is_taken_once_whatever_the_file() -> None:
    write("a.txt", ENGLISH)
    assert str(problem("a.txt", records({"id": "a.txt", "text": f"{ENGLISH} So they said."}))) == (
        "news.jsonl, record 1: the id 'a.txt' is taken by a.txt; give every document its own id; the first one is kept."
    )


def test_a_document_that_stands_twice_and_alike_is_read_once() -> None:
    write("a.txt", ENGLISH)
    record = {"id": "b", "text": ENGLISH, "title": "Talks"}
    found = list(read(["a.txt", records({"id": "a.txt", "text": ENGLISH}, record, record)]))
    assert [one.id if isinstance(one, Document) else str(one) for one in found] == ["a.txt", "b"]
    assert "is taken by" in str(problem(records(record, {**record, "title": "No talks"})))


def test_what_is_not_there_or_no_file_is_told() -> None:
    assert str(problem("none.txt")) == "none.txt: this cannot be read (no such file or directory); check the path."
    os.symlink("loop.txt", "loop.txt")
    assert "loop.txt: this cannot be read (" in str(problem("loop.txt"))
    os.mkfifo("pipe.txt")
    assert "pipe.txt: this is neither a file nor a folder" in str(problem("pipe.txt"))
    Path("void").mkdir()
    assert "void: the folder holds no text" in str(problem("void"))


def test_an_unreadable_folder_or_file_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("news/a.txt", "news/locked/b.txt", "news/secret.txt"):
        write(name, ENGLISH + name)
    scandir, opened = os.scandir, Path.open

    def no_scandir(path: str) -> object:  # permissions do not hold for root, so the system's word is played
        if os.fspath(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    def no_open(path: Path, *mode: str) -> object:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *mode)

    monkeypatch.setattr(os, "scandir", no_scandir)
    monkeypatch.setattr(Path, "open", no_open)
    found = list(read(["news"]))
    assert [one.id for one in found if isinstance(one, Document)] == ["news/a.txt"]
    assert [str(one) for one in found if isinstance(one, Problem)] == [
        "news/locked: this cannot be read (permission denied); check the path and its permissions.",
        "news/secret.txt: this cannot be read (permission denied); check the path and its permissions.",
    ]


def test_five_megabytes_without_a_full_stop_are_no_prose() -> None:
    write("long.txt", "Talks began. " + "talks and more talks between the two sides " * 120_000)
    write("sound.txt", "Talks began in Oslo, and the two sides met again in the evening. Nobody left early.")
    found = list(read(["long.txt", "sound.txt"]))
    assert [str(f) for f in found if isinstance(f, Problem)] == [
        "long.txt: no sentence ends in 50,000 characters from character 12 on; "
        "give prose with full stops or blank lines, or split it into articles."
    ]
    assert [f.id for f in found if isinstance(f, Document)] == ["sound.txt"]


def test_other_packages_add_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(source: Source) -> Iterator[Document | Problem]:
        for number, line in enumerate(source.path.read_text().splitlines()):
            if line == "!":
                raise ValueError("a line of one\ncharacter")
            yield Document(f"{source.name}#{number}", line, published=source.published)

    class Entry:
        name, value = "lines", "elsewhere:lines"

        def load(self) -> object:
            return lines

    files_module.reader_for.cache_clear()
    monkeypatch.setattr(files_module, "_added", lambda: {"lines": Entry()})
    found = list(read([write("a.lines", f"{ENGLISH}\n!\n{ENGLISH}")], published="2025-01-01"))
    files_module.reader_for.cache_clear()
    assert found[0] == Document("a.lines#0", ENGLISH, published=date(2025, 1, 1))
    assert str(found[1]).startswith("a.lines: the reader failed (ValueError: a line of one); ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, None),
        (FRENCH, "fr"),
        (FRENCH[:50], None),  # too short to tell
        (ENGLISH.upper(), None),
        ("Wołodymyr Zełenski, Recep Tayyip Erdoğan and Emmanuel Macron met in Dolmabahçe, Istanbul, on Friday.", None),
        ("Rusia y Ucrania intercambiaron el viernes 390 prisioneros cada una, según ambas partes.", "es"),
        ("Сторони обмінялися полоненими у пʼятницю, повідомили в міністерстві оборони обох країн.", "uk"),
        (ENGLISH * 80 + FRENCH, None),
    ],
)
def test_languages_are_told_apart(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


def test_any_language_can_be_forced() -> None:
    [found] = read([write("french.txt", FRENCH)], any_language=True)
    assert isinstance(found, Document)
