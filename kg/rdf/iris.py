"""The one place where IRIs are minted: document-scoped nodes by character offsets, canonical nodes by slug or hash.

Every function is pure and returns a bare IRI (no angle brackets). Document ids may be any string: they are
percent-encoded whole, so two ids never share an IRI and no id can reach into another document's nodes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from kg.errors import InputError
from kg.model import Span

# RFC 3987, as strict as the store's own parser: a web address with a host and only lawful characters.
_UNICODE = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
_CHAR = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@{_UNICODE}]|%[0-9A-Fa-f]{{2}})"
_HOST = rf"(?:[A-Za-z0-9\-._~{_UNICODE}]|%[0-9A-Fa-f]{{2}})+"
_ADDRESS = re.compile(rf"https?://{_HOST}(?::\d{{1,5}})?(?:/{_CHAR}*)*(?:\?(?:{_CHAR}|[/?])*)?(?:#(?:{_CHAR}|[/?])*)?")
_BASE = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:/{{0,2}}{_CHAR}+)?(?:/{_CHAR}*)*(?:\?(?:{_CHAR}|[/?])*)?[#/:]")


def is_address(url: str) -> bool:
    """Tell whether `url` is an http(s) address that can stand as an IRI exactly as it is."""
    return _ADDRESS.fullmatch(url) is not None


@lru_cache(maxsize=64)
def checked_base(base: str) -> str:
    """Return `base` if data IRIs can be built on it.

    Raises:
        InputError: it is no absolute IRI, or does not end in "/", "#" or ":".
    """
    if _BASE.fullmatch(base) is None:
        raise InputError(
            "this is no absolute IRI that ends in '/', '#' or ':'",
            where=f"--base {base!r}",
            remedy="give one such as https://example.org/news/",
        )
    return base


def encoded(id: str) -> str:
    """Percent-encode all of `id` but ASCII letters, digits and `-._~`; one to one, even for lone surrogates."""
    text = quote(id, safe="", errors="surrogatepass")
    # "." and ".." would be taken as steps in a path when an IRI is resolved against another
    return text.replace(".", "%2E") if text in {".", ".."} else text


def doc_iri(base: str, id: str) -> str:
    """Mint the IRI of the document `id`: the document's node and the name of its graph."""
    return f"{base}doc/{encoded(id)}"


def identity_iri(base: str) -> str:
    """Mint the IRI that names the identity graph."""
    return f"{base}identity"


def canonical_iri(base: str, sort: str, key: str) -> str:
    """Mint the IRI of a canonical node; `sort` is "actor" or "event", `key` a slug or hash."""
    return f"{base}{sort}/{encoded(key)}"


def span_iri(doc: str, span: Span) -> str:
    """Mint the IRI of the stretch of text `span` in the document `doc` (its IRI)."""
    return f"{doc}/span/{span[0]}-{span[1]}"


def mention_iri(doc: str, span: Span, nth: int = 1) -> str:
    """Mint the IRI of a mention; `nth` tells apart mentions of different things with the same span."""
    return f"{doc}/mention/{span[0]}-{span[1]}{_suffix(nth)}"


def actor_iri(doc: str, span: Span, nth: int = 1) -> str:
    """Mint the IRI of an actor of the document; `span` is its earliest mention's."""
    return f"{doc}/actor/{span[0]}-{span[1]}{_suffix(nth)}"


def event_iri(doc: str, trigger: Span, nth: int = 1) -> str:
    """Mint the IRI of an event; `nth` counts the events of one trigger (distributive readings)."""
    return f"{doc}/event/{trigger[0]}-{trigger[1]}{_suffix(nth)}"


def quantity_iri(event: str) -> str:
    """Mint the IRI of the quantity of `event` (its IRI)."""
    return f"{event}/quantity"


def disposition_iri(event: str, nth: int) -> str:
    """Mint the IRI of the `nth` disposition, from 1, of the initiative `event` (its IRI)."""
    return f"{event}/disposition/{nth}"


def link_iri(doc: str, nth: int) -> str:
    """Mint the IRI of the `nth` link, from 1, of the document `doc` (its IRI)."""
    return f"{doc}/link/{nth}"


def _suffix(nth: int) -> str:
    return "" if nth == 1 else f".{nth}"
