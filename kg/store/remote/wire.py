"""Requests to a store on another machine: limits, what is tried again, and one sentence for whatever goes wrong."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

from kg.errors import LimitError, QueryError, StoreError
from kg.store.remote.addresses import PASSWORD, TOKEN, USER

if TYPE_CHECKING:
    import urllib3

SECONDS = 300.0
"""How long a server may think and send, unless a query has a limit of its own."""
_CONNECT = 10.0
_TRIES = 4
_AGAIN = frozenset({502, 503, 504})
_LONGEST = 20.0  # seconds that a server may have us wait before we try again
_MEMORY = 8 << 20
_PIECE = 1 << 16
_FORM = "application/x-www-form-urlencoded"

Fields = Sequence[tuple[str, str]]


class AbsentError(StoreError):
    """Nothing of the kind that is asked for stands at an address; it may stand at another."""


class Reply(NamedTuple):
    """What a server sent: status, media type, and the body as a file that is read from its beginning."""

    status: int
    media: str
    body: IO[bytes]

    def words(self) -> str:
        """Give the beginning of what it says, in one line."""
        self.body.seek(0)
        said = " ".join(self.body.read(2_000).decode(errors="replace").split())
        return said[:200] if said and not said.startswith("<") else f"status {self.status}"


class Wire:
    """The connections to one server; they are kept open between requests."""

    def __init__(self, *, authorization: str = "", patient: bool = False) -> None:
        """Take the Authorization header, if any; who is `patient` also waits for a server that is not up yet."""
        self._authorization = authorization
        self._connects = _TRIES if patient else 0
        self._pools: dict[str, urllib3.PoolManager] = {}

    def ask(self, address: str, fields: Fields, *, accept: str, where: str, seconds: float | None = None) -> Reply:
        """Send a query as a form (SPARQL 1.1 Protocol, 2.1.2), which takes queries of any length.

        Raises `QueryError` naming `where` if the server refuses the query or takes longer than `seconds`, `StoreError`
        for whatever else it says.
        """
        body = urlencode(fields).encode()
        reply = self.send("POST", address, body=body, media=_FORM, accept=accept, where=where, seconds=seconds)
        if reply.status in {400, 413, 414, 422}:
            raise QueryError(f"the server refuses the query ({reply.words()})", where=where, remedy="correct it")
        if reply.status >= 300:
            raise self.refused(reply, address)
        return reply

    def send(
        self,
        method: str,
        address: str,
        *,
        fields: Fields = (),
        body: bytes | None = None,
        media: str = "",
        accept: str = "*/*",
        where: str = "",
        seconds: float | None = None,
    ) -> Reply:
        """Send a request and give the reply, whatever its status. Redirections are not followed.

        502, 503 and 504 and lost connections are tried again: all that is sent here may be done twice. Raises
        `StoreError` where nothing answers or the answer breaks off, `LimitError` naming `where` if it takes too long.
        """
        import urllib3

        url = address + ("&" if "?" in address else "?") + urlencode(fields) if fields else address
        headers = {"Accept": accept, "User-Agent": "newskg"}
        headers |= {"Content-Type": media} if media else {}
        headers |= {"Authorization": self._authorization} if self._authorization else {}
        allowed = SECONDS if seconds is None else seconds
        until = time.monotonic() + allowed
        try:
            answer = self._pool(address).request(
                method,
                url,
                body=body,
                headers=headers,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=min(_CONNECT, allowed), read=allowed),
                retries=_retries(self._connects),
            )
            return Reply(answer.status, _media(answer.headers), _received(answer, until))
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _told(error, address, where or address, allowed) from error

    def refused(self, reply: Reply, address: str) -> StoreError:
        """Tell in a sentence why a server did not do what it was asked."""
        status, login = reply.status, f"set {TOKEN}, or {USER} and {PASSWORD}"
        if status == 403:
            told = f"the server does not allow this ({reply.words()})"
            return StoreError(told, where=address, remedy=f"see whether it is read-only, or {login}")
        if status in {401, 407}:
            given = "the login is not accepted" if self._authorization else "the server asks for a login"
            return StoreError(f"{given} ({status})", where=address, remedy=login)
        if status in {404, 405, 410, 501}:
            return AbsentError(f"nothing of the kind is at this address ({status})", where=address, remedy=_ADDRESS)
        if 300 <= status < 400:
            return StoreError(f"the address leads elsewhere ({status})", where=address, remedy="give that address")
        if status >= 500:
            told = f"the server failed ({reply.words()})"
            return StoreError(told, where=address, remedy="look into its log, and try again later")
        return StoreError(f"the server refuses this ({reply.words()})", where=address, remedy=_ADDRESS)

    def _pool(self, address: str) -> urllib3.PoolManager:
        """Give the connections for an address, through the proxy that the environment names for it, if any."""
        import urllib3

        scheme, _, rest = address.partition("://")
        host = rest.partition("/")[0]
        proxy = "" if proxy_bypass(host.rpartition(":")[0] or host) else getproxies().get(scheme.lower(), "")
        if proxy not in self._pools:
            self._pools[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._pools[proxy]

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.clear()
        self._pools.clear()


_ADDRESS = "give the address of the server, or of its query endpoint, such as http://localhost:7878/query"


def _retries(connects: int) -> urllib3.Retry:
    import urllib3

    class Retry(urllib3.Retry):
        def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
            """Wait as long as the server asks for, but not for ever."""
            asked = super().get_retry_after(response)
            return None if asked is None else min(asked, _LONGEST)

    return Retry(
        total=None,
        connect=connects,
        read=1,
        status=_TRIES,
        other=0,
        redirect=False,
        status_forcelist=_AGAIN,
        allowed_methods=None,
        backoff_factor=0.25,
        raise_on_status=False,
    )


def _media(headers: Mapping[str, str]) -> str:
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _received(answer: urllib3.BaseHTTPResponse, until: float) -> IO[bytes]:
    """Read a body to its end, into memory or, where it is large, a file that is gone when it is closed."""
    import urllib3

    body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115
    try:
        for piece in answer.stream(_PIECE):
            body.write(piece)
            if time.monotonic() > until:
                raise urllib3.exceptions.TimeoutError
    except BaseException:
        answer.close()  # what is left of it is not to be taken for the next answer
        body.close()
        raise
    answer.release_conn()
    body.seek(0)
    return body


def _told(error: Exception, address: str, where: str, seconds: float) -> StoreError | QueryError:
    """Tell in a sentence what the network or the server's end of it did."""
    from urllib3 import exceptions as http

    cause: BaseException | None = error.reason if isinstance(error, http.MaxRetryError) else error
    if isinstance(cause, http.NameResolutionError):
        return StoreError("there is no such host", where=address, remedy="correct the address")
    if isinstance(cause, http.ConnectTimeoutError | http.NewConnectionError | http.ProxyError):
        reason = "connection refused" if "refused" in str(cause) else "no connection"
        return StoreError(f"nothing answers there ({reason})", where=address, remedy="start it, or correct the address")
    if isinstance(cause, http.SSLError):
        return StoreError("its certificate is not trusted", where=address, remedy="use the name that it is made for")
    if isinstance(cause, http.TimeoutError):
        return LimitError(
            f"no answer within {seconds:g} second{'' if seconds == 1 else 's'}",
            where=where,
            remedy="ask for less, or allow more time (kg query --timeout)",
        )
    if isinstance(cause, http.ProtocolError | http.IncompleteRead | http.DecodeError | ConnectionError):
        return StoreError("the answer was cut off", where=address, remedy="try again, and look into the server's log")
    reason = " ".join(str(cause or error).split())[:200]
    return StoreError(f"the server cannot be asked ({reason})", where=address, remedy="correct the address")
