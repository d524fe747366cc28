"""The web application: addresses to workers, with limits, a cache and the right status codes."""

from __future__ import annotations

import asyncio
import hashlib
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.resources import as_file, files
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import LimitError
from kg.serve.description import NODES, service_description, void
from kg.serve.gate import Gate
from kg.serve.keeping import Cache
from kg.serve.messages import Job, Reply
from kg.serve.pool import Pool
from kg.serve.protocol import Refused, asked_of, negotiated
from kg.serve.settings import Settings
from kg.serve.sites import Sites
from kg.store.answering import Asked

_PAGES = 10.0  # seconds that a page may take, even where a query may take less
_ADDRESS = 8_000  # characters behind the question mark of a page that holds no query
_BUSY = {"retry-after": "5"}
_SORRY = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not answered · newskg</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/explorer.css">
<main><section class="calm"><h1>This took too long</h1><p class="problem">{}</p>
<p>Go back and ask for less, <a href="/questions">choose another question</a>, or try again in a moment.</p></section>
</main>
"""


def application(settings: Settings) -> Starlette:
    """Give the ASGI application for a graph. Raises `StoreError` if there is none, or it is damaged."""
    return _Server(settings).app


class _Server:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sites = Sites(settings.graph)
        pool = partial(Pool, size=settings.workers, megabytes=settings.megabytes)
        self.pages = pool(seconds=max(settings.seconds, _PAGES))
        # A query that takes all of a processor leaves pages quick, and what is killed is not waited for.
        self.queries = pool(seconds=settings.seconds, nice=10, spare=2, strict=True)
        self.cache = Cache(settings.cache_megabytes << 20)
        middleware = [Middleware(Gate, settings=settings)]
        if settings.cors:
            let_in, headers = [settings.cors], ["Authorization"]
            middleware.append(
                Middleware(CORSMiddleware, allow_origins=let_in, allow_methods=["GET", "POST"], allow_headers=headers)
            )
        with as_file(files("kg.serve") / "static") as static:
            routes = [
                Route("/sparql", self.sparql, methods=["GET", "POST"]),
                Route("/.well-known/void", self.void, methods=["GET"]),
                Mount("/static", StaticFiles(directory=static)),
                Route("/{path:path}", self.page, methods=["GET"]),
            ]
        self.app = Starlette(routes=routes, middleware=middleware, lifespan=self.lifespan)

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        await asyncio.gather(self.pages.start(), self.queries.start())
        watching = asyncio.ensure_future(self.sites.watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await asyncio.gather(self.pages.close(), self.queries.close())

    async def page(self, request: Request) -> Response:
        """Give a page, or its JSON or CSV twin."""
        asks = request.url.path.startswith("/query")  # its address holds a query, which may be as long as at /sparql
        if len(request.url.query) > (self.settings.request_kilobytes << 10 if asks else _ADDRESS):
            return PlainTextResponse("The address is too long.\n", 414)
        try:
            query = tuple(parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=100))
        except ValueError:
            return _many()
        job = Job(self.sites.now, path=request.url.path, query=query)
        long = asks or request.url.path.startswith("/export/")  # what may take long takes no place of other pages
        return await self._replied(request, self.queries if long else self.pages, job)

    async def sparql(self, request: Request) -> Response:
        """Answer the SPARQL 1.1 Protocol; without a query give the editor to people, the description to programs."""
        most = self.settings.request_kilobytes << 10
        if len(request.url.query) > most:
            return PlainTextResponse("The address is too long.\n", 414)
        try:
            body = await _body(request, most)
            asked = asked_of(
                request.method,
                parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=200),
                request.headers.get("content-type", ""),
                body,
                ", ".join(request.headers.getlist("accept")),
                most=self.settings.answer_megabytes << 20,
                base=str(request.url.replace(query="")),
            )
        except Refused as refused:
            return PlainTextResponse(f"{refused.reason}\n", refused.status)
        except ValueError:
            return _many()
        if asked is None:
            if "text/html" in request.headers.get("accept", ""):
                return await self.page(request)
            return self._described(request, service_description(str(request.url.replace(query=""))))
        return await self._replied(request, self.queries, Job(self.sites.now, sparql=asked))

    async def void(self, request: Request) -> Response:
        """Describe the dataset, at the address that VoID has for this."""
        home = str(request.base_url)
        reply, _ = await self.cache.get(
            (self.sites.now.key, "void"),
            lambda: self.pages.run(Job(self.sites.now, path="/about.json", query=())),
        )
        asked = Asked(NODES)
        try:
            nodes, _ = await self.cache.get(
                (self.sites.now.key, asked, "/", ()), lambda: self.queries.run(Job(self.sites.now, sparql=asked))
            )
        except LimitError:
            nodes = Reply(503, "", b"")
        return self._described(request, void(home, reply.body, nodes.body if nodes.status == 200 else b""))

    def _described(self, request: Request, turtle: str) -> Response:
        media = negotiated(request.headers.get("accept", ""))[1] or "text/turtle"
        if media == "text/turtle":
            return Response(turtle, media_type="text/turtle; charset=utf-8")
        import rdflib

        names = {"application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
        text = rdflib.Graph().parse(data=turtle, format="turtle").serialize(format=names[media])
        return Response(text, media_type=media)

    async def _replied(self, request: Request, pool: Pool, job: Job) -> Response:
        key = (job.site.key, job.sparql, job.path, job.query)
        mark = f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:24]}"'
        headers = {"etag": mark, "cache-control": "no-cache", "vary": "Accept"}
        if _has(request.headers.getlist("if-none-match"), mark):
            return Response(status_code=304, headers=headers)
        try:
            reply, kept = await self.cache.get(key, lambda: pool.run(job))
        except LimitError as error:
            if job.sparql is None and "text/html" in request.headers.get("accept", ""):
                return HTMLResponse(_SORRY.format(html.escape(str(error))), 503, _BUSY)
            return PlainTextResponse(f"{error}\n", 503, _BUSY)
        if reply.status != 200:
            headers.pop("etag")
        return _response(reply, {**headers, "x-cache": "hit" if kept else "miss"})


def _has(lines: list[str], mark: str) -> bool:
    """Tell whether If-None-Match names a mark, which a server in between may have called weak (RFC 9110, 13.1.2)."""
    return mark in {one.strip().removeprefix("W/") for line in lines for one in line.split(",")}


def _many() -> Response:
    return PlainTextResponse("There are too many parameters.\n", 400)


def _response(reply: Reply, headers: dict[str, str]) -> Response:
    if reply.status == 503:
        headers |= _BUSY
    response = Response(reply.body, reply.status, headers | dict(reply.headers))
    response.headers["content-type"] = reply.media
    return response


async def _body(request: Request, most: int) -> bytes:
    """Read what a client sends, but not more than so many bytes. Raises `Refused`."""
    pieces: list[bytes] = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise Refused(413, f"A query has at most {most >> 10:,} KB here.")
        pieces.append(piece)
    return b"".join(pieces)
