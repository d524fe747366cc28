"""Inputs that no reader was made for, as Hypothesis strategies: each is a few files and what of them has to come out.

Drawn are numbers and choices, never megabytes: a line of 10 MB is a character and how often.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import stat
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from kg.read.cleaning import without_mojibake
from tests.read.making import KINDS, MORE, TEXT

FIFO, SOCKET, DEVICE, CLOSED = "fifo", "socket", "device", "closed"
"""What a file can be besides bytes; "→TARGET" is a link."""
GIANT = 10_000_000
_SIZES = st.sampled_from((10, 1_000, 50_000, 50_000, 200_000, 200_000, 200_000, GIANT))
_SEEDS = st.integers(0, 2**48)
_SIGNS = (
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",  # bidirectional formatting
    *"\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9b\xad",  # control characters
    *"\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\ufffc\ufffd\ufffe\uffff\U000e0041\ue000",
    *"\u0301\u0489\u05d0\u0634\u0915\u0e01\uac00\u4e2d\U0001f600\U0001f468\u0130\u017f\ufb01\u1e9e",
    "\u0301" * 60,
    "\r",
    "\r\n",
    "\t",
    "\u00a0",
)
_WORDS = st.sampled_from((*TEXT.split(), *MORE.split(), "Norway rejected it.", "“Never,” she said.", "12,000", "Mr."))
_CODECS = ("utf-8", "latin-1", "cp1252", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "koi8-r", "shift_jis", "utf-7")


@dataclass(frozen=True)
class Strange:
    """Files by name, and the texts that have to be among what is read of them."""

    kind: str
    files: dict[str, bytes | str] = field(repr=False)
    kept: tuple[str, ...] = ()
    exact: str = ""
    """A text that comes out as it is, if it comes out; else a problem is told."""

    def __repr__(self) -> str:
        """Names and sizes only."""
        told = {name: data if isinstance(data, str) else (len(data), data[:60]) for name, data in self.files.items()}
        return f"Strange({self.kind}, {told}, kept={len(self.kept)})"

    def write(self, folder: Path) -> None:
        """Make the files."""
        for name, data in self.files.items():
            path = os.fsencode(folder / "x")[:-1] + name.encode("utf-8", "surrogateescape")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if isinstance(data, bytes):
                with open(path, "wb") as file:
                    file.write(data)
            elif data == FIFO:
                os.mkfifo(path)
            elif data == SOCKET:
                os.mknod(path, stat.S_IFSOCK | 0o600)
            elif data == DEVICE:
                os.symlink("/dev/zero", path)
            elif data == CLOSED:
                os.mkdir(path, 0)
            else:
                os.symlink(data.removeprefix("→"), path)


@cache
def made() -> dict[str, bytes]:
    """Sound files of every kind."""
    return {kind: make() for kind, make in KINDS.items()}


def broken(data: bytes, dice: random.Random) -> bytes:
    """Break a file in one to four ways."""
    for _ in range(dice.randint(1, 4)):
        size = len(data)
        at = dice.randrange(size + 1)
        match dice.randrange(9):
            case 0:
                data = data[:at]
            case 1:
                data = data[at:]
            case 2:
                data = data[:at] + dice.randbytes(dice.randrange(1, 40)) + data[at:]
            case 3:
                changed = bytearray(data)
                for _ in range(dice.randrange(1, 20)):
                    if changed:
                        changed[dice.randrange(len(changed))] = dice.randrange(256)
                data = bytes(changed)
            case 4:
                end = dice.randrange(at, size + 1)
                data = data[:at] + data[at:end] * dice.randrange(2, 9) + data[end:]
            case 5:
                data = data.decode("utf-8", "replace").encode(dice.choice(("utf-16", "latin-1", "cp037")), "replace")
            case 6:
                odd = "".join(dice.choice((*_SIGNS, "\0", "</p>", "<!ENTITY a 'b'>", "%PDF")) for _ in range(8))
                data = data[:at] + odd.encode("utf-8", "surrogatepass") + data[at:]
            case 7:
                deep = dice.choice((b"<div>", b"[", b'{"a":', b"<b><i>", b"(", b"--B\n"))
                data = data[:at] + deep * dice.choice((10, 1000, 50_000)) + data[at:]
            case _:
                run = dice.choice((b"a", b" ", b"\n", b"0", b"'")) * dice.choice((100, 200_000))
                data = data[:at] + run + data[at:]
    return data


@st.composite
def damaged(draw: st.DrawFn) -> Strange:
    """A sound file of any kind, broken; one in ten under the name of another kind."""
    kind = draw(st.sampled_from(sorted(made())))
    suffix = draw(st.sampled_from(sorted(made()))) if draw(st.integers(0, 9)) == 0 else kind
    return Strange(f"damaged .{suffix}", {f"a.{suffix}": broken(made()[kind], random.Random(draw(_SEEDS)))})


_PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@st.composite
def truncated(draw: st.DrawFn) -> Strange:
    """A compressed file that is cut off, has other bytes behind it, or other streams within it."""
    kind = draw(st.sampled_from(("txt", "jsonl", "csv", "html", "warc", "mbox", "rss", "json", "docx", "parquet")))
    packer = draw(st.sampled_from(sorted(_PACKERS)))
    data = _PACKERS[packer](made()[kind] * draw(st.sampled_from((1, 1, 1, 200))))
    cut = draw(st.integers(0, len(data)))
    data = data[:cut] + draw(
        st.one_of(st.just(b""), st.binary(max_size=40), st.just(b"\0" * 5000), st.just(data), st.just(data[:20]))
    )
    return Strange(f"cut-off .{packer}", {f"a.{kind}.{packer}": data})


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        (10**400, "9" * 5000, "2025-02-31", "yesterday", "0000-00-00", "+12345-01-01", "\ud800", "\0", "-")
    ),
)
_VALUES = st.recursive(
    _SCALARS, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4), one, max_size=3)
)
_FIELDS = st.sampled_from(
    ("id", "text", "maintext", "published", "date_publish", "title", "url", "publisher", "authors", "ø")
)


@st.composite
def _record(draw: st.DrawFn) -> bytes:
    """A line that may be no record, or none that makes sense."""
    found = draw(st.dictionaries(_FIELDS, _VALUES, max_size=5) | _VALUES)
    line = json.dumps(found).encode()
    match draw(st.integers(0, 9)):
        case 0:
            return line[: draw(st.integers(0, len(line)))]
        case 1:
            return draw(st.binary(max_size=60)).replace(b"\n", b"")
        case 2:
            return draw(st.sampled_from((b"[", b'{"a":', b'{"text": [', b"\xef\xbb\xbf", b"\0", b'"', b"\xff"))) * draw(
                st.sampled_from((1, 900, 100_000))
            )
        case 3:
            return (
                b'{"id": "huge", "text": "' + draw(st.sampled_from((b"a", b"a ", b"\\n", b"Oslo. "))) * 300_000 + b'"}'
            )
    return line


def _good(number: int) -> tuple[bytes, str]:
    text = f"Envoy {number} arrived. {TEXT}"
    return json.dumps({"id": f"good-{number}", "text": text}).encode(), text


@st.composite
def records(draw: st.DrawFn) -> Strange:
    """JSON Lines, sound and unsound in turn: the sound ones come out."""
    lines: list[bytes] = []
    kept: list[str] = []
    for number, bad in enumerate(draw(st.lists(_record(), min_size=1, max_size=4))):
        line, text = _good(number)
        lines += [bad, line]
        kept.append(text)
    end = draw(st.sampled_from((b"\n", b"\r\n")))
    data = end.join(lines) + end * draw(st.integers(0, 1))
    packer = draw(st.sampled_from(("", "", "gz")))
    name, data = ("a.jsonl.gz", gzip.compress(data)) if packer else ("a.jsonl", data)
    return Strange("unsound records", {name: data}, tuple(kept))


@st.composite
def giant(draw: st.DrawFn) -> Strange:
    """Lines of up to 10 MB in any kind of text, beside a sound record where the kind has records."""
    what = draw(
        st.sampled_from((b"a", b" ", b"a b ", b"0", b"<", b"<b>", b"&", b'"', b",", b"(", b"\xc3\xa9", b"\xff", b"."))
    )
    size = draw(_SIZES)
    run = what * (size // len(what))
    kind = draw(st.sampled_from(("txt", "jsonl", "json", "csv", "html", "mbox", "eml", "rss", "tsv")))
    line, text = _good(1)
    forms = {
        "jsonl": b'{"id": "run", "text": "' + run.replace(b'"', b"'") + b'"}\n' + line + b"\n",
        "json": b'[{"id": "run", "text": "' + run.replace(b'"', b"'") + b'"}]',
        "csv": b"id,text\nrun,'" + run + b"'\n",
        "tsv": b"id\ttext\nrun\t" + run + b"\n",
        "html": b"<html><body><p>" + run + b"</p></body></html>",
        "mbox": b"From a\nSubject: " + run + b"\n\n" + run,
        "eml": b"From: a <" + run + b">\n\nx",
        "rss": b"<rss><channel><item><title>x</title><description>" + run + b"</description></item></channel></rss>",
    }
    kept = (text,) if kind == "jsonl" else ()
    return Strange(f"lines of {size:,}", {f"a.{kind}": forms.get(kind, run)}, kept)


_TAGS = (
    "div",
    "b",
    "table><tr><td",
    "ul><li",
    "font",
    "p",
    "a href=x",
    "svg",
    "template",
    "select",
    "blockquote",
    "script",
)


@st.composite
def deep(draw: st.DrawFn) -> Strange:
    """Pages, feeds and records that are nested deeply, closed or not, with text in the midst of it."""
    tags = draw(st.lists(st.sampled_from(_TAGS), min_size=1, max_size=4))
    times = draw(st.sampled_from((5, 300, 3_000, 3_000, 30_000, 100_000))) // len(tags)
    opened = "".join(f"<{tag}>" for tag in tags)
    closed = "".join(f"</{tag.split('>')[-1].split()[0]}>" for tag in reversed(tags)) * draw(st.integers(0, 1))
    body = f"{opened * times}<p>{TEXT} {MORE}</p>{closed * times}"
    kind = draw(st.sampled_from(("html", "xhtml", "rss", "atom", "eml", "json", "warc")))
    if kind in ("rss", "atom", "json", "warc"):
        field = f"<![CDATA[{body}]]>" if draw(st.booleans()) else body
        rss = f"<rss><channel><item><title>x</title><description>{field}</description></item></channel></rss>"
        atom = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{field}</content></entry></feed>"
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: {len(body) + 19}\r\n\r\n"
        )
        nested = '{"a":[' * times + f'"{TEXT}"' + "]}" * (times * bool(closed))
        return Strange(
            f"deep .{kind}",
            {
                f"a.{kind}": {
                    "rss": rss,
                    "atom": atom,
                    "json": nested,
                    "warc": f"{head}HTTP/1.1 200 OK\r\n\r\n{body}\r\n\r\n",
                }[kind].encode()
            },
        )
    head = (
        "Content-Type: text/html\n\n"
        if kind == "eml"
        else draw(st.sampled_from(("", "<!DOCTYPE html>", "<html><body>")))
    )
    return Strange(f"deep .{kind}", {f"a.{kind}": (head + body).encode()})


@st.composite
def mixed(draw: st.DrawFn) -> Strange:
    """A text whose parts are in other encodings, under any declared one."""
    parts = draw(st.lists(st.tuples(_WORDS, st.sampled_from(_CODECS)), min_size=1, max_size=8))
    data = b" ".join(f"{word} Größe “ça” Łódź".encode(codec, "replace") for word, codec in parts)
    kind = draw(st.sampled_from(("txt", "html", "csv", "jsonl", "eml", "rss")))
    charset = draw(st.sampled_from((*_CODECS, "no-such", "utf-8-sig", "rot13", "hex", "idna", "")))
    forms = {
        "html": f'<meta charset="{charset}"><p>'.encode() + data,
        "csv": b"id,text\n1," + data,
        "jsonl": b'{"id": "m", "text": "' + data.replace(b"\n", b" ") + b'"}\n' + _good(1)[0],
        "eml": f"Content-Type: text/plain; charset={charset}\nSubject: =?{charset}?b?//8=?=\n\n".encode() + data,
        "rss": f'<?xml version="1.0" encoding="{charset}"?><rss><channel><item><description>'.encode() + data,
    }
    kept = (_good(1)[1],) if kind == "jsonl" else ()
    return Strange("mixed encodings", {f"a.{kind}": forms.get(kind, data)}, kept)


@st.composite
def marked(draw: st.DrawFn) -> Strange:
    """Prose with bidirectional and control characters in it, as records and as plain text."""
    words = draw(st.lists(st.one_of(_WORDS, st.sampled_from(_SIGNS), st.text(max_size=3)), min_size=1, max_size=30))
    text = draw(st.sampled_from((" ", ""))).join(words)
    sign = draw(st.sampled_from(_SIGNS))
    text += sign * draw(st.sampled_from((0, 1, 30, 4_000)))
    line, kept = _good(1)
    if draw(st.booleans()):
        record = json.dumps(
            {"id": draw(st.sampled_from(("m", "\u202egpj", "a b", "a/../b", "é#?%", " "))), "text": text}
        )
        exact = without_mojibake(text)  # chance draws UTF-8 that was read as Windows-1252, which is put right
        return Strange("odd characters", {"a.jsonl": record.encode() + b"\n" + line}, (kept,), exact)
    return Strange("odd characters", {"a.txt": text.encode("utf-8", "surrogatepass")})


@st.composite
def tables(draw: st.DrawFn) -> Strange:
    """Tables with rows of any length, quotation marks anywhere, and column names twice or not at all."""
    cells = st.one_of(
        _SCALARS.map(str), st.sampled_from(('"', '""', '"a', "\0", "\r", "text", "id", TEXT, "a" * 200_000))
    )
    head = draw(
        st.sampled_from(("id,text", "text", "text,text", "", "id", "\ufeffid,text", '"id","te\nxt"', "body,id,date"))
    )
    rows = draw(st.lists(st.lists(cells, max_size=4), max_size=6))
    between = draw(st.sampled_from((",", "\t", ";", "|")))
    data = "\n".join([head, *(between.join(row) for row in rows)])
    return Strange("tables", {f"a.{draw(st.sampled_from(('csv', 'tsv')))}": data.encode("utf-8", "surrogatepass")})


_NAMES = (
    *("a.txt", "b.txt", "in/a.txt", "in/b.jsonl", "in/deep/c.html", "in/l", "m\nn.txt", "\u202etxt.exe", "\udcff.txt"),
    *(f"{'n' * 240}.txt", " .txt", "a.tar.gz", "in/x.warc.gz", "-.txt", "%2e.txt", "a.", "A.TXT", ".hidden.txt"),
)


@st.composite
def folders(draw: st.DrawFn) -> Strange:
    """Pipes, sockets, devices, loops of links, closed folders and names of any bytes, around a sound text."""
    files: dict[str, bytes | str] = {"in/sound.txt": f"{MORE} {TEXT}".encode()}
    odd = st.sampled_from(
        (
            FIFO,
            SOCKET,
            DEVICE,
            CLOSED,
            "→.",
            "→..",
            "→../in",
            "→a.txt",
            "→b.txt",
            "→nowhere",
            "→/proc/self/fd",
            b"",
            b"\xff",
        )
    )
    names = st.sampled_from(_NAMES)
    for name in draw(st.lists(names, min_size=1, max_size=6, unique=True)):
        files[name] = draw(odd)
    if draw(st.booleans()):
        files["/".join(["d"] * draw(st.sampled_from((20, 400)))) + "/e.txt"] = MORE.encode()
    return Strange("folders", files, (f"{MORE} {TEXT}",))


@st.composite
def archives(draw: st.DrawFn) -> Strange:
    """Archives with members that lead elsewhere, are archives again, are broken or of no size, beside a sound one."""
    names = (
        "../../up.txt",
        "/etc/passwd",
        "a.txt",
        "a.txt",
        "b.jsonl",
        "c.html",
        "n/" * 200 + "d.txt",
        "e\0f.txt",
        "",
        "g.zip",
    )
    chosen = draw(st.lists(st.sampled_from(names), max_size=5))
    chosen.insert(draw(st.integers(0, len(chosen))), "sound.txt")
    seeds = draw(st.lists(_SEEDS, min_size=6, max_size=6))
    sound = f"Members met. {TEXT}"
    out = io.BytesIO()
    if draw(st.booleans()):
        with zipfile.ZipFile(out, "w", draw(st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))) as pack:
            for name, number in zip(dict.fromkeys(chosen), seeds, strict=False):
                inner = broken(made()["zip" if name == "g.zip" else "html"], random.Random(number))
                pack.writestr(name or "x", sound if name == "sound.txt" else inner)
            others = [one for one in pack.infolist() if one.filename != "sound.txt"]
        data = bytearray(out.getvalue())
        if others and draw(st.booleans()):  # one of them is not what its checksum says, or has another head
            one, place = draw(st.sampled_from(others)), draw(st.sampled_from((0, 8, 26, 60)))
            own = 30 + len(one.filename.encode()) + one.compress_size  # what follows is another's
            data[one.header_offset + min(place, own - 1)] ^= 0x55
        return Strange("archives", {"a.zip": bytes(data)}, (sound,))
    kinds = (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE)
    with tarfile.open(fileobj=out, mode="w:gz") as tape:
        for name, number in zip(chosen, seeds, strict=False):
            is_sound = name == "sound.txt"
            data = bytearray(sound.encode() if is_sound else broken(made()["jsonl"], random.Random(number)))
            info = tarfile.TarInfo(name.replace("\0", "") or "x")
            info.type = tarfile.REGTYPE if is_sound else draw(st.sampled_from(kinds))
            info.size = len(data) if info.type == tarfile.REGTYPE else 0
            info.linkname = "" if is_sound else draw(st.sampled_from(("a.txt", "../up.txt", "/dev/zero")))
            tape.addfile(info, io.BytesIO(data))
    return Strange("archives", {"a.tar.gz": out.getvalue()}, (sound,))


@st.composite
def letters(draw: st.DrawFn) -> Strange:
    """Letters whose parts never end, are within each other, or are in encodings that are none."""
    depth = draw(st.sampled_from((1, 30, 2_000)))
    head = draw(st.sampled_from(("From x\n", "", ">From \n"))) + draw(
        st.sampled_from(
            ("Subject: =?utf-8?q?=FF=FE?=", "Date: Sat, 99 Foo 2025", "From: " + "a@" * 5000, "\x00: y", ":")
        )
    )
    part = "Content-Type: multipart/mixed; boundary=B{0}\n\n--B{0}\n"
    coding = draw(st.sampled_from(("base64", "quoted-printable", "x-uuencode", "8bit", "none")))
    media = draw(st.sampled_from(("plain", "html", "")))
    body = f"Content-Type: text/{media}\nContent-Transfer-Encoding: {coding}\n\n{TEXT}=\n=FF"
    parts = "".join(part.format(draw(st.just(0)) if depth > 100 else number) for number in range(depth))
    end = "".join(f"\n--B{number}--" for number in range(depth)) * draw(st.integers(0, 1))
    kind = draw(st.sampled_from(("mbox", "eml")))
    return Strange("letters", {f"a.{kind}": f"{head}\n{parts}{body}{end}\n".encode("utf-8", "surrogatepass")})


ANY = st.one_of(
    damaged(),
    damaged(),
    damaged(),
    truncated(),
    records(),
    giant(),
    deep(),
    mixed(),
    marked(),
    tables(),
    folders(),
    archives(),
    letters(),
)
"""Any of them, damaged files thrice as often as each other kind."""
TEXTS = st.one_of(damaged(), records(), deep(), mixed(), marked(), tables(), archives(), letters())
"""Those of which texts are read often."""
