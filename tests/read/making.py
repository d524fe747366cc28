"""Small files of every kind that can be read, made here: the tests of formats and the fuzzing begin with them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable

TEXT = "Oslo offered to host a second round of talks, and both delegations agreed within the hour."
MORE = "The rebels rejected the proposal of the mediators a day later, a spokesman told reporters in Accra."


def jsonl() -> bytes:
    records = [{"id": "one", "text": TEXT, "published": "2025-05-24"}, {"maintext": MORE, "title": "Rejected"}]
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def news_please() -> bytes:
    record = {
        "maintext": TEXT,
        "date_publish": "2016-09-27 11:12:00",
        "source_domain": "herald.example",
        "title": "Talks",
        "url": "https://herald.example/1",
        "authors": ["A. Writer"],
        "language": "en",
    }
    return json.dumps(record).encode()


def csv(delimiter: str = ",") -> bytes:
    rows = ("id,body,date", f'7,"{TEXT}",2025-05-24', f'8,"First ""line"".\n\n{MORE}",')
    return "\r\n".join(row.replace(",", delimiter, 2) if row[0] == "i" else row for row in rows).encode("utf-8-sig")


def rss() -> bytes:
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Herald</title>
<item><guid>urn:h:1</guid><title>Talks</title><link>https://herald.example/1</link>
<pubDate>Sat, 24 May 2025 23:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>{MORE}</p>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://herald.example/2</link><description>{MORE}</description></item>
</channel></rss>""".encode()


def atom() -> bytes:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>tag:c,1</id>
<updated>2025-05-25T01:00:00Z</updated><summary>Short.</summary><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content>
</entry></feed>""".encode()


def _zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx() -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    half = len(TEXT) // 2
    body = (
        f'<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t xml:space="preserve">{TEXT[:half]}</w:t></w:r>'
        f"<w:r><w:t>{TEXT[half:]}</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>{MORE}</w:t></w:r></w:p></w:body></w:document>"
    )
    about = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Talks</dc:title></c:coreProperties>'
    )
    return _zipped({"word/document.xml": body, "docProps/core.xml": about})


def epub() -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        "<dc:title>A Year of Talks</dc:title><dc:date>2024-12-01</dc:date><dc:publisher>Press</dc:publisher></metadata>"
        '<manifest><item id="b" href="two.xhtml"/><item id="a" href="on%65.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    one = f"<html><head><title>no</title></head><body><h1>Chapter One</h1><p>{TEXT}</p></body></html>"
    two = f"<html><body><div>{MORE}<script>alert(1)</script></div></body></html>"
    return _zipped(
        {"META-INF/container.xml": container, "OPS/book.opf": opf, "OPS/one.xhtml": one, "OPS/two.xhtml": two}
    )


def pdf() -> bytes:
    """Two pages; the first ends within a sentence and with a word that is parted."""
    first, second = "The rebels rejected the pro-", "posal of the mediators. " + TEXT
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"]
    for number in (5, 6):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 200] /Contents %d 0 R"
            b" /Resources << /Font << /F 7 0 R >> >> >>" % number
        )
    for text in (first, second):
        stream = f"BT /F 12 Tf 20 100 Td ({text}) Tj ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(out),
        )
    )


def mbox() -> bytes:
    day = "Sat, 24 May 2025 23:30:00 +0000"
    plain = f"From: Desk <desk@herald.example>\nSubject: Talks\nMessage-ID: <1@h>\nDate: {day}\n\n{TEXT}\n"
    both = (
        "From: x@courier.example\nSubject: =?utf-8?q?Refus=C3=A9?=\nMIME-Version: 1.0\n"
        "Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/html; charset=no-such\n\n"
        f"<p>{MORE}</p>\n--B--\n"
    )
    return f"From a Sat May 24 2025\n{plain}\nFrom b Sat May 24 2025\n{both}\n".encode()


def page() -> bytes:
    paragraphs = "".join(f"<p>{TEXT} {MORE}</p>" for _ in range(4))
    return (
        f"<html><head><title>Talks</title></head><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
    ).encode()


def record(kind: str, url: str, content: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-05-24T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nContent-Length: {len(content)}\r\n"
    )
    media = "text/plain" if kind == "conversion" else "application/http; msgtype=response"
    return f"{head}Content-Type: {media}\r\n\r\n".encode() + content + b"\r\n\r\n"


def warc() -> bytes:
    def answer(status: str, media: str, body: bytes) -> bytes:
        return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    return b"".join(
        (
            record("response", "https://herald.example/1", answer("200 OK", "text/html; charset=utf-8", page())),
            record("response", "https://herald.example/1", answer("200 OK", "text/html", page())),
            record("response", "https://herald.example/logo", answer("200 OK", "image/png", b"\x89PNG")),
            record("response", "https://herald.example/gone", answer("404 Not Found", "text/html", page())),
            record("conversion", "https://courier.example/2", MORE.encode()),
        )
    )


def parquet() -> bytes:
    import datetime

    import pyarrow
    import pyarrow.parquet

    rows = {"id": [1, 2], "text": [TEXT, MORE], "published": [datetime.date(2025, 5, 24), None]}
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(rows), out)
    return out.getvalue()


def tarred(parts: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    return _zipped(dict(parts))


KINDS: dict[str, Callable[[], bytes]] = {
    "txt": TEXT.encode,
    "jsonl": jsonl,
    "jsonl.gz": lambda: gzip.compress(jsonl()),
    "json": news_please,
    "csv": csv,
    "rss": rss,
    "atom": atom,
    "docx": docx,
    "epub": epub,
    "pdf": pdf,
    "mbox": mbox,
    "html": page,
    "warc": warc,
    "warc.gz": lambda: gzip.compress(warc()),
    "parquet": parquet,
    "tar.gz": lambda: tarred({"in/a.txt": TEXT.encode(), "in/b.jsonl": jsonl()}, "w:gz"),
    "zip": lambda: zipped({"a.txt": TEXT.encode(), "deep/b.docx": docx()}),
}
"""Suffix to what makes a file of it."""
