"""What every request passes: the host it names, the token it has to bring, the headers it gets, and the access log."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import logging
import time
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import LOOPBACK, Settings

ACCESS = logging.getLogger("kg.serve.access")
"""One JSON object a line for each request, at level INFO."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a browser may load: nothing but this server's own files, and no script that stands in a page."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Gate:
    """ASGI middleware around all that is served."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        """Wrap an application."""
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        told: dict[str, object] = {"status": 500, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                told["status"] = message["status"]
                told["cache"] = headers.get("x-cache", "")
            elif message["type"] == "http.response.body":
                told["bytes"] = int(str(told["bytes"])) + len(message.get("body", b""))
            await send(message)

        try:
            refusal = self._refusal(scope["method"], Headers(scope=scope))
            await (refusal or self.app)(scope, receive, sending)
        finally:
            _log(scope, told, time.perf_counter() - begun)

    def _refusal(self, method: str, headers: Headers) -> ASGIApp | None:
        host = headers.get("host", "")
        name = host.rpartition(":")[0].strip("[]") if not host.endswith("]") and ":" in host else host.strip("[]")
        if self.settings.is_local and name.lower() not in {*LOOPBACK, *map(str.lower, self.settings.names)}:
            # a page elsewhere could have its own name lead here, and read what it is answered
            return PlainTextResponse(
                f"This server does not answer to the name {name!r}. Use {self.settings.address}, or start it with "
                "--name.\n",
                421,
            )
        if self.settings.cors and method == "OPTIONS" and {"origin", "access-control-request-method"} <= {*headers}:
            return None  # what a browser asks before it may send a token; `CORSMiddleware` answers it itself
        if self.settings.read_token and not _shows(headers.get("authorization", ""), self.settings.read_token):
            return PlainTextResponse(
                "This graph is read with a token: as “Authorization: Bearer TOKEN”, or as the password in a browser.\n",
                401,
                {"WWW-Authenticate": 'Basic realm="newskg", charset="UTF-8"'},
            )
        return None


def _shows(authorization: str, token: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), token.encode())


def _log(scope: Scope, told: dict[str, object], seconds: float) -> None:
    client = scope.get("client")
    query = scope.get("query_string", b"").decode("latin-1")
    ACCESS.info(
        json.dumps(
            {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "client": client[0] if client else "",
                "method": scope["method"],
                "path": scope["path"] + (f"?{query[:500]}" if query else ""),
                "ms": round(seconds * 1000, 1),
                **told,
            },
            ensure_ascii=True,
        )
    )
