"""What is read of each kind of file, and that nothing more is: no member outside, no entity, no bomb."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.read import Problem, mapping, read
from tests.clock import growth
from tests.read import making
from tests.read.making import MORE, TEXT


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(name: str, content: bytes, **options: object) -> tuple[list[Document], list[str]]:
    Path(name).write_bytes(content)
    every = list(read([name], **options))  # type: ignore[arg-type]
    return [one for one in every if isinstance(one, Document)], [str(one) for one in every if isinstance(one, Problem)]


def test_compressed_lines_are_read_like_plain_ones() -> None:
    import zstandard

    plain, told = found("news.jsonl", making.jsonl())
    assert not told and [one.id for one in plain] == ["one", "news.jsonl:2"]
    squeezes = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress}
    for suffix, squeeze in squeezes.items():
        documents, told = found(f"news.jsonl.{suffix}", squeeze(making.jsonl()))
        assert not told and [one.text for one in documents] == [one.text for one in plain]
        assert documents[1].id == f"news.jsonl.{suffix}:2"
    [text], _ = found("note.txt.gz", gzip.compress(TEXT.encode()))
    assert (text.id, text.text) == ("note.txt.gz", TEXT)


def test_a_compressed_file_that_is_cut_off_gives_what_it_holds_and_is_told() -> None:
    lines = b"".join(json.dumps({"id": f"d{n}", "text": f"{TEXT} {n * n}"}).encode() + b"\n" for n in range(3000))
    whole = gzip.compress(lines)
    documents, told = found("news.jsonl.gz", whole[: len(whole) // 2])
    assert 500 < len(documents) < 2500 and documents[0].id == "d0"
    assert len(told) == 1 and "the compressed data is damaged or cut off" in told[0]


def test_columns_are_mapped_and_those_of_news_please_known() -> None:
    fields = mapping("text=body,published=date")
    documents, told = found("news.csv", making.csv(), fields=fields)
    assert [(one.id, one.published) for one in documents] == [("7", date(2025, 5, 24)), ("8", None)]
    assert documents[1].text == f'First "line".\n\n{MORE}' and not told
    _, told = found("other.csv", making.csv())
    assert told == [
        'other.csv: the table has no column "text" (it has: id, body, date); '
        "name the one that has the text with --map, as in --map text=body."
    ]
    [one], _ = found("page.json", making.news_please())
    assert one == Document("page.json", TEXT, "Talks", date(2016, 9, 27), "https://herald.example/1", "herald.example")
    [one], _ = found("list.json", b'{"status": "ok", "articles": [{"id": 5, "text": "%s"}]}' % TEXT.encode())
    assert one.id == "5"
    for wrong in ("body", "words=body", "text="):
        with pytest.raises(InputError, match="--map"):
            mapping(wrong)


def test_a_table_is_read_whatever_parts_its_columns_and_told_once_where_none_is_of_text() -> None:
    rows = f'id;text\n1;{TEXT}\n2;"{MORE}; so they said"\n'
    documents, told = found("news.csv", rows.encode())
    assert [one.text for one in documents] == [TEXT, f"{MORE}; so they said"] and told == []
    documents, told = found("tabs.csv", rows.replace(";", "\t").encode())
    assert [one.id for one in documents] == ["1", "2"] and told == []
    documents, told = found("Caps.tsv", rows.replace(";", "\t").replace("text", "Text").encode())
    assert documents == [] and len(told) == 1 and 'no column "text" (it has: id, Text)' in told[0]
    documents, told = found("news.parquet", making.parquet(), fields=mapping("text=body"))
    assert documents == [] and len(told) == 1 and 'no column "body" (it has: id, text, published)' in told[0]
    documents, told = found("blank.csv", f'\n\ntext\n"{TEXT}"\n'.encode())
    assert [one.text for one in documents] == [TEXT] and told == []
    assert found("empty.csv", b"") == ([], ["empty.csv: the file is empty; leave it out."])
    documents, told = found("wide.csv", rows.encode("utf-16"))
    assert told == ["wide.csv: the file is UTF-16, not UTF-8; convert it with: iconv -f UTF-16 -t UTF-8 OLD > NEW."]


def test_lines_of_json_are_read_whatever_the_file_is_called() -> None:
    for content in (making.jsonl(), b"\n" + making.jsonl()):
        documents, told = found("news.json", content)
        assert [one.text for one in documents] == [TEXT, MORE] and told == []
    [one], told = found("one.json", json.dumps({"text": TEXT}).encode() + b"\n\n")
    assert one.id == "one.json" and told == []
    documents, told = found("bad.json", b'[{"text": "a"},\n {"text" "b"}]')
    assert told == [
        "bad.json: the file is not valid JSON (Expecting ':' delimiter at line 2, column 10); "
        "repair it, or write one JSON object per line."
    ]


def test_a_row_that_does_not_fit_costs_no_other() -> None:
    rows = f"id\ttext\n1\t{TEXT}\n2\t{TEXT}\tmore\n\n3\t\n4\t{MORE}\n"
    documents, told = found("news.tsv", rows.encode())
    assert [one.id for one in documents] == ["1", "4"]
    assert "news.tsv:3: the row has 3 cells, the header 2" in told[0] and "no text" in told[1]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quotation_mark_that_is_never_closed_is_told(end: str) -> None:
    rows = f'id,text\n1,"{TEXT}"\n2,"The ""Oslo"" talks. {MORE}\n3,{TEXT}\n4,{MORE}{end}'
    documents, told = found("news.csv", rows.encode())
    assert [one.id for one in documents] == ["1"]
    assert [one.partition(",")[0] for one in told] == [
        "news.csv:3: a quotation mark that opens in this row is never closed"
    ]
    rejected = MORE.replace(",", "")
    documents, told = found("sound.csv", f'id,text\n1,"Oslo" {rejected}\n2,"{TEXT}"{end}'.encode())
    assert [one.text for one in documents] == [f"Oslo {rejected}", TEXT]
    assert told == []


def test_parquet_is_read_row_by_row() -> None:
    documents, told = found("news.parquet", making.parquet())
    assert [(one.id, one.published, one.text) for one in documents] == [
        ("1", date(2025, 5, 24), TEXT),
        ("2", None, MORE),
    ]
    assert not told


def test_a_feed_gives_its_content_before_its_summary() -> None:
    documents, told = found("news.rss", making.rss())
    assert not told and documents[0] == Document(
        "urn:h:1", f"{TEXT}\n\n{MORE}", "Talks", date(2025, 5, 24), "https://herald.example/1", "The Herald"
    )
    assert (documents[1].id, documents[1].text) == ("https://herald.example/2", MORE)
    [one], _ = found("news.atom", making.atom())
    assert (one.id, one.text, one.published) == ("tag:c,1", TEXT, date(2025, 5, 25))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_what_stands_before_a_feed_costs_what_its_length_costs(encoding: str) -> None:
    feed = making.rss().decode()
    begin = feed.index("<rss")
    plain, _ = found("news.rss", making.rss())

    def worst(size: int) -> None:
        for head in ("\n" * size, "<!DOCTYPE\n" * (size // 4), "\r\n \t" * (size // 4)):
            documents, _ = found("long.rss", (feed[:begin] + head + feed[begin:]).encode(encoding))
            assert [one.text for one in documents] == [one.text for one in plain]

    assert growth(worst, 5_000, 40_000) < 24, "growing with the square of the length it would be 64 times"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_or_book_with_entities_is_refused(encoding: str) -> None:
    Path("secret").write_text("secret", encoding="utf-8")
    evil = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{Path("secret").resolve()}">]><rss><channel>'
    evil += "<item><title>t</title><description>&x;</description></item></channel></rss>"
    documents, told = found("evil.xml", evil.encode(encoding))
    assert documents == [] and "declares XML entities" in told[0]
    parts = {"word/document.xml": evil.encode(encoding)}
    documents, told = found("evil.docx", making.zipped(parts))
    assert documents == [] and "declares XML entities" in told[0]


def test_office_files_give_their_paragraphs() -> None:
    [one], told = found("2025-05-24-talks.docx", making.docx())
    assert (one.text, one.title, one.published) == (f"{TEXT}\n\n{MORE}", "Talks", date(2025, 5, 24)) and not told
    [one], told = found("book.epub", making.epub())
    assert one == Document(
        "book.epub", f"Chapter One\n\n{TEXT}\n\n{MORE}", "A Year of Talks", date(2024, 12, 1), publisher="Press"
    )
    for kind in ("docx", "epub"):
        documents, told = found(f"no.{kind}", b"not a zip")
        assert documents == [] and "this is no" in told[0]


def test_a_text_box_of_a_word_file_is_read_once_and_apart() -> None:
    names = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }
    box = f"<w:txbxContent><w:p><w:r><w:t>{MORE}</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>{TEXT[:9]}</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        f"</w:r><w:r><w:t>{TEXT[9:]}</w:t></w:r></w:p><w:p><w:r><w:t>The Saudi</w:t><w:noBreakHyphen/>"
        "<w:t>led</w:t><w:tab/><w:t>coalition agreed.</w:t></w:r></w:p>"
    )
    space = " ".join(f'xmlns:{name}="{iri}"' for name, iri in names.items())
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    [one], told = found("box.docx", making.zipped({"word/document.xml": document.encode()}))
    assert one.text == f"{TEXT}\n\n{MORE}\n\nThe Saudi-led coalition agreed."
    assert told == []


@pytest.mark.parametrize(
    "space",
    [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ],
)
def test_what_was_moved_or_deleted_in_a_word_file_is_read_where_it_stands_now(space: str) -> None:
    moved = f"<w:r><w:t>{MORE}</w:t></w:r>"
    body = (
        f"<w:p><w:moveFrom>{moved}</w:moveFrom><w:del><w:r><w:delText>Or not.</w:delText><w:tab/></w:r></w:del>"
        f"<w:ins><w:r><w:t>{TEXT}</w:t></w:r></w:ins></w:p><w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    )
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    [one], told = found("a.docx", making.zipped({"word/document.xml": document.encode()}))
    assert not told and one.text == f"{TEXT}\n\n{MORE}"


def test_a_sentence_goes_on_over_the_pages_of_a_pdf() -> None:
    [one], told = found("report.pdf", making.pdf())
    assert not told and " ".join(one.text.split()).replace("pro- posal", "proposal") == (
        f"The rebels rejected the proposal of the mediators. {TEXT}"
    )
    assert "\n\n" not in one.text
    documents, told = found("bad.pdf", making.pdf()[:200])
    assert documents == [] and len(told) == 1


def test_letters_are_read_with_sender_and_day() -> None:
    documents, told = found("box.mbox", making.mbox())
    assert not told and documents == [
        Document("1@h", TEXT, "Talks", date(2025, 5, 24), publisher="Desk"),
        Document("box.mbox:2", MORE, "Refusé", publisher="courier.example"),
    ]
    [one], _ = found("one.eml", making.mbox().split(b"\n", 1)[1].split(b"\nFrom b")[0])
    assert (one.id, one.text) == ("1@h", TEXT)


def test_a_header_without_end_costs_nothing() -> None:
    for head in (
        'From: "' + "a b" * 100_000,
        "Subject: " + "=?utf-8?q?x" * 50_000,
        "Content-Type: text/plain;" * 20_000,
    ):
        began = time.process_time()
        documents, _ = found("long.eml", f"{head}\n\n{TEXT}".encode())
        assert [one.text for one in documents] == [TEXT] and time.process_time() - began < 10


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_web_archive_gives_its_articles(name: str) -> None:
    content = making.warc()
    documents, told = found(name, gzip.compress(content) if name.endswith("gz") else content)
    assert [one.id for one in documents] == [
        "https://herald.example/1",
        "https://herald.example/1#2025-05-24T10:00:00Z",
        "https://courier.example/2",
    ]
    assert TEXT in documents[0].text and "Home" not in documents[0].text and documents[0].published is None
    assert documents[2].text == MORE
    assert len(told) == 1 and "2 records are no page with an article" in told[0]


def test_a_page_is_read_however_it_was_sent() -> None:
    def chunked(body: bytes) -> bytes:
        return b"".join(b"%x\r\n%s\r\n" % (len(body[n : n + 400]), body[n : n + 400]) for n in range(0, len(body), 400))

    page = making.page()
    sent = {
        "plain": (b"", page),
        "gzip": (b"Content-Encoding: gzip\r\n", gzip.compress(page)),
        "chunked": (b"Transfer-Encoding: chunked\r\n", chunked(page) + b"0\r\n\r\n"),
        "both": (
            b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(gzip.compress(page)) + b"0\r\n\r\n",
        ),
        "unpacked": (b"transfer-encoding: Chunked\r\nContent-Encoding: gzip\r\n", page),
        "cut off": (b"Transfer-Encoding: chunked\r\n", chunked(page) + b"ff\r\n <p>"),
        "after": (b"", page),
    }
    content = b"".join(
        making.record(
            "response", f"https://herald.example/{how}", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n%s" % one
        )
        for how, one in sent.items()
    )
    documents, told = found("crawl.warc", content)
    assert [one.id for one in documents] == [f"https://herald.example/{how}" for how in sent]
    assert {one.text for one in documents} == {documents[0].text}
    assert TEXT in documents[0].text
    assert told == []


@pytest.mark.parametrize("squeeze", [bytes, gzip.compress])
def test_a_web_archive_that_is_cut_off_or_damaged_is_told(squeeze: Callable[[bytes], bytes]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    one, two, three = (
        making.record("response", f"https://herald.example/{n}", head + making.page()) for n in ("one", "two", "three")
    )
    documents, told = found("cut.warc", squeeze(one) + squeeze(two)[: -len(squeeze(two)) // 4])
    assert len(documents) == 1 and len(told) == 1 and "cut.warc:2: the record is cut off after" in told[0]
    broken = two.replace(b"WARC/1.0", b"XXXX/1.0", 1)
    documents, told = found("bad.warc", squeeze(one) + squeeze(broken) + squeeze(three))
    assert len(documents) == 1 and len(told) == 1
    assert "bad.warc, behind record 1: the archive is damaged (" in told[0] and told[0].endswith("; fetch it again.")
    assert found("none.warc", squeeze(broken))[1][0].startswith("none.warc: the archive is damaged")


def test_members_of_archives_are_read_by_their_kinds() -> None:
    inner = making.zipped({"x.txt": MORE.encode()})
    parts = {"a.txt": TEXT.encode(), "b/c.jsonl": making.jsonl(), "d.zip": inner, "e.png": b"\x89PNG", ".f.txt": b"no"}
    for name, content in (("all.zip", making.zipped(parts)), ("all.tar", making.tarred(parts))):
        documents, told = found(name, content)
        assert [one.id for one in documents] == [f"{name}/a.txt", "one", f"{name}/b/c.jsonl:2", f"{name}/d.zip/x.txt"]
        assert told == []
    documents, told = found("all.tgz", making.tarred(parts, "w:gz"))
    assert len(documents) == 4 and told == []


def test_a_member_is_read_and_told_by_its_name_whatever_that_is() -> None:
    strange = "f\udcfcr/m\udcfcnchen.txt"
    documents, told = found("old.tar", making.tarred({strange: TEXT.encode(), "./b.txt": MORE.encode(), "c.txt": b" "}))
    assert [one.id for one in documents] == ["old.tar/f\\udcfcr/m\\udcfcnchen.txt", "old.tar/./b.txt"]
    assert told == ["old.tar/c.txt: the text is empty; leave it out."]


def test_what_is_hidden_in_an_archive_is_passed_over_and_a_backup_of_a_graph_told() -> None:
    for hidden in (".git/HEAD", "a/.cache/b.txt", ".a.txt"):
        documents, told = found("a.zip", making.zipped({hidden: TEXT.encode(), "b.txt": MORE.encode()}))
        assert [one.id for one in documents] == ["a.zip/b.txt"] and told == []
    parts = {"SHA256.json": b'{"newskg.json": "1"}', "newskg.json": b"{}", "current": b"1\n"}
    documents, told = found("b.tar.gz", making.tarred(parts, "w:gz"))
    assert documents == []
    assert told == ["b.tar.gz: this is a backup of a graph, no archive of texts; give the texts themselves."]
    documents, told = found("c.tar", making.tarred({"SHA256.json": json.dumps({"text": TEXT}).encode()}))
    assert [one.text for one in documents] == [TEXT] and told == []


def test_an_archive_that_is_compressed_once_more_is_read() -> None:
    import zstandard

    parts = {"a.txt": TEXT.encode(), "b.jsonl": making.jsonl()}
    packed = {
        "zip.gz": gzip.compress(making.zipped(parts)),
        "tar.zst": zstandard.compress(making.tarred(parts)),
        "tgz.xz": lzma.compress(making.tarred(parts, "w:gz")),
    }
    for kind, content in packed.items():
        documents, told = found(f"news.{kind}", content)
        assert [one.id for one in documents] == [f"news.{kind}/a.txt", "one", f"news.{kind}/b.jsonl:2"]
        assert told == []
    documents, told = found("outer.zip", making.zipped({f"in.{kind}": content for kind, content in packed.items()}))
    assert [one.id for one in documents if one.id.endswith(".txt")] == [f"outer.zip/in.{kind}/a.txt" for kind in packed]
    deep = TEXT.encode()
    for depth in range(5):
        deep = gzip.compress(making.zipped({"0.txt" if not depth else f"{depth}.zip.gz": deep}))
    documents, told = found("deep.zip.gz", deep)
    assert documents == []
    assert "more than 3 deep" in told[0]


def test_what_is_compressed_and_of_no_known_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    documents, told = found("all.zip", making.zipped({"a.txt": TEXT.encode(), "b.jsonl.gz.xz": b"?", "c.png": b"?"}))
    assert [one.id for one in documents] == ["all.zip/a.txt"]
    assert told == ["all.zip/b.jsonl.gz.xz: what this member holds compressed cannot be read; unpack it first."]
    monkeypatch.setattr("kg.read.reader_of", lambda name: None)
    documents, told = found("news.txt", TEXT.encode())
    assert documents == []
    assert "files named .txt cannot be read" in told[0]


def test_an_archive_is_bounded_and_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = making.tarred({"../../up.txt": TEXT.encode(), "/etc/abs.txt": MORE.encode()})
    documents, told = found("evil.tar", outside)
    assert [one.id for one in documents] == ["evil.tar/../../up.txt", "evil.tar//etc/abs.txt"] and told == []
    assert sorted(path.name for path in Path().iterdir()) == ["evil.tar"]
    documents, told = found("bomb.zip", making.zipped({"a.txt": b"a" * 30_000_000, "b.txt": TEXT.encode()}))
    assert [one.id for one in documents] == ["bomb.zip/b.txt"] and "times larger than what is stored" in told[0]
    nested = TEXT.encode()
    for depth in range(5):
        nested = making.zipped({f"{depth}.txt" if not depth else f"{depth}.zip": nested})
    documents, told = found("deep.zip", nested)
    assert documents == [] and "more than 3 deep" in told[0]
    monkeypatch.setattr("kg.read.compressed.MEMBERS", 2)
    documents, told = found("many.tar", making.tarred({f"{n}.txt": TEXT.encode() for n in range(4)}))
    assert len(documents) == 2 and "more than 2 members" in told[0]


def test_a_line_or_page_without_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.jsonl.LONGEST", 1000)
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        json.dumps({"id": "b", "text": TEXT * 99}),
        json.dumps({"text": MORE}),
    ]
    documents, told = found("news.jsonl", "\n".join(lines).encode())
    assert [one.id for one in documents] == ["a", "news.jsonl:3"] and "news.jsonl:2: the line has more than" in told[0]
    monkeypatch.setattr("kg.read.html.LONGEST", 100)
    _, told = found("page.html", making.page())
    assert "it holds more than" in told[0]


def test_standard_input_is_records_or_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from kg.read import read; print([one.id for one in read(['-'])])"
    for given, ids in ((making.jsonl(), "['one', 'stdin:2']"), (TEXT.encode(), "['stdin']")):
        done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=True)
        assert done.stdout.decode().strip() == ids


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    documents, told = found("news.rss", making.rss())
    assert documents == [] and "feedparser, which is not installed" in told[0] and "newskg[formats]" in told[0]


def test_nothing_is_unpickled() -> None:
    import pickle

    documents, told = found("evil.jsonl", pickle.dumps({"text": TEXT}))
    assert documents == [] and told


@pytest.mark.parametrize(("at", "value"), [(6, 230), (8, 0x20), (8, 0x01)], ids=["version", "patched", "encrypted"])
@pytest.mark.parametrize("kind", ["zip", "docx", "epub"])
def test_a_zip_file_whose_directory_asks_for_what_nobody_can_do_is_damaged(kind: str, at: int, value: int) -> None:
    whole = making.zipped({"a.txt": TEXT.encode()}) if kind == "zip" else making.KINDS[kind]()
    data = bytearray(whole)
    entry = data.find(b"PK\x01\x02")  # the first in the central directory
    while entry >= 0:
        data[entry + at] = value
        entry = data.find(b"PK\x01\x02", entry + 4)
    documents, told = found(f"odd.{kind}", bytes(data))
    assert not documents
    assert told
    assert not [one for one in told if "failed" in one]
    # and so it is inside of another, beside what is sound
    documents, told = found("outer.zip", making.zipped({f"odd.{kind}": bytes(data), "b.txt": TEXT.encode()}))
    assert [one.text for one in documents] == [TEXT]
    assert told
    assert not [one for one in told if "failed" in one]


NAMES = "<p>Sérgio Nuñez of the café “Zoë” proposed a naïve law in Malmö.</p>"


def written(head: str = "", body: str = NAMES) -> str:
    return making.page().decode().replace("<article>", f"<article>{body}").replace("<title>", f"{head}<title>", 1)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "cp1252"),
        ("", "utf-8"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8"),
        ('<meta charset="utf-16">', "utf-16"),
        ('<meta charset="no-such">', "cp1252"),
        ('<meta charset="zlib">', "cp1252"),
    ],
)
def test_a_page_is_read_as_it_is_encoded(declared: str, encoding: str) -> None:
    [document], told = found("a.html", written(declared).encode(encoding))
    assert not told and "Sérgio Nuñez of the café “Zoë” proposed a naïve law in Malmö." in document.text


def test_an_archived_page_is_read_with_the_encoding_with_which_it_was_sent() -> None:
    page = written(body="<p>Viktor Orbán met Żółty Łukasz in Łódź.</p>").encode("iso-8859-2")
    sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-2\r\n\r\n" + page
    [document], told = found("a.warc", making.record("response", "https://herald.example/1", sent))
    assert not told and "Viktor Orbán met Żółty Łukasz in Łódź." in document.text


def test_a_byte_that_is_damaged_costs_only_itself() -> None:
    [document], _ = found("a.html", written().encode().replace(b"proposed", b"prop\xffsed"))
    assert "Sérgio Nuñez of the café “Zoë” prop\ufffdsed a naïve law in Malmö." in document.text


def test_a_day_at_the_foot_of_a_page_is_not_that_of_its_article() -> None:
    foot = "<footer>Copyright 2019 Herald. Updated 3 March 2021</footer>"
    [document], _ = found("a.html", written().replace("</body>", f"{foot}</body>").encode())
    assert document.published is None
    stated = written(body=f'<time datetime="2025-05-24T08:00">May 24</time>{NAMES}')
    stated = stated.replace("</body>", f"{foot}</body>")
    [document], _ = found("a.html", stated.encode())
    assert document.published == date(2025, 5, 24)


def letter(body: str, kind: str = "text/plain; charset=utf-8", sender: str = "Desk <desk@herald.example>") -> bytes:
    return f"From: {sender}\nDate: 24 May 2025\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{body}".encode()


def test_a_letter_in_parts_is_read_whole_and_no_part_twice() -> None:
    def parts(kind: str, *bodies: tuple[str, str]) -> bytes:
        return letter(
            "".join(f"--B\nContent-Type: {of}\n\n{body}\n" for of, body in bodies) + "--B--", f"{kind}; boundary=B"
        )

    attached = ("text/plain\nContent-Disposition: attachment", "An attachment.")
    forwarded = ("message/rfc822", f"Subject: Other\nContent-Type: text/plain\n\n{MORE}")
    page = ("text/html", f"<p>{TEXT}</p>")
    for content, text in (
        (parts("multipart/mixed", ("text/plain", TEXT), ("image/png", "x"), ("text/plain", MORE)), f"{TEXT}\n\n{MORE}"),
        (parts("multipart/mixed", ("text/plain", TEXT), page, attached), TEXT),
        (parts("multipart/alternative", ("text/plain", " "), page), TEXT),
        (parts("multipart/mixed", page, forwarded), TEXT),
        (parts("multipart/mixed", attached, forwarded), MORE),
    ):
        [document], told = found("a.eml", content)
        assert not told and document.text == text


def test_a_letter_is_read_as_it_is_encoded_whatever_it_declares() -> None:
    for declared, encoding in (("iso-8859-1", "cp1252"), ("us-ascii", "utf-8"), ("windows-1250", "cp1250")):
        content = letter("HEAD", f"text/plain; charset={declared}").replace(
            b"HEAD", "“Müller…” said so.".encode(encoding)
        )
        [document], _ = found("a.eml", content)
        assert document.text == "“Müller…” said so."
        assert document.published == date(2025, 5, 24)


def test_a_comma_in_the_name_of_a_sender_ends_no_name() -> None:
    for sender in ('"Smith, John" <j@courier.example>', "=?utf-8?q?Smith=2C_John?= <j@courier.example>"):
        [document], _ = found("a.eml", letter(TEXT, sender=sender))
        assert document.publisher == "Smith, John"


def test_a_line_that_begins_with_from_ends_no_letter() -> None:
    body = f"Hello.\n\nFrom Oslo they came.\n>From there they went.\n\n{TEXT}\n"
    separator = b"From 17@xxx Sat May 24 10:00:00 +0000 2025\r\n"
    documents, _ = found("a.mbox", separator + letter(body) + b"\n" + separator + letter(MORE))
    assert [one.text for one in documents] == [body.replace(">", "").strip(), MORE]
    [document], _ = found("b.mbox", b"From -\n" + letter(body.replace("\nFrom", "\n>From")))
    assert document.text == body.replace(">", "").strip()
