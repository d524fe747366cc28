"""The one small tree of errors.

Every message answers three questions in one sentence: what is wrong, where, and what to do about it. The command line
prints the message and exits with code 2; library users catch `KgError`.
"""


class KgError(Exception):
    """Base of all errors this package raises on purpose.

    `what` is wrong, `where` it is, `remedy` is what the user can do; `str(error)` joins them in one sentence.
    """

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(f"{where}: {what}; {remedy}.")

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword arguments when an error crosses a process boundary."""
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[KgError], what: str, where: str, remedy: str) -> KgError:
    return kind(what, where=where, remedy=remedy)


class InputError(KgError):
    """A document, file or folder that cannot be read as news text."""


class ModelError(KgError):
    """A language pipeline that is missing or does not give what the extractor needs."""


class FrameError(KgError):
    """A frame file that is malformed or names an unknown class or role."""


class RecordError(KgError):
    """A record of an analysis that cannot be written: a span outside the text, an event without evidence."""


class StoreError(KgError):
    """A graph directory that is missing, foreign, of another version, or locked."""


class QueryError(KgError):
    """An unknown query, a missing or ill-typed parameter, or malformed SPARQL."""


class LimitError(QueryError):
    """A query that needs more time, memory or room for its answer than it may have."""


class FormError(QueryError):
    """A query whose answer has none of the media types that were asked for."""


class ServiceError(QueryError):
    """A query that would send requests to another machine, which is never done."""


class ServeError(KgError):
    """A server that cannot be started as it was asked to."""


class ExportError(KgError):
    """An export that is unknown or cannot be written."""


class ExtraError(KgError):
    """An optional dependency that a feature needs is not installed."""


class OutsideError(KgError):
    """What the machine refused: space, memory, permission, or a sound file."""


def from_outside(error: BaseException) -> OutsideError | None:
    """Tell an error that comes from outside the program as one sentence; None for what may be a defect."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError):
            return OutsideError("there is not enough memory", where="this machine", remedy=_MEMORY)
        if isinstance(seen, OSError):
            reason = (seen.strerror or str(seen) or "an error of the system").lower()
            where = str(seen.filename) if seen.filename is not None else "standard output or a temporary file"
            return OutsideError(f"it cannot be read or written ({reason})", where=where, remedy=_DISK)
        if getattr(seen, "sqlite_errorname", "").startswith(_DATABASE):
            return OutsideError(
                f"a file of the graph cannot be used ({seen})", where="the graph directory", remedy=_FILES
            )
        seen = seen.__cause__
    return None


_MEMORY = "close other programs, or give less at once"
_DISK = "check free space and permissions"
_FILES = "check free space, or delete the .sqlite files there, which kg build makes anew"
_DATABASE = tuple(f"SQLITE_{code}" for code in ("BUSY", "CANTOPEN", "CORRUPT", "FULL", "IOERR", "NOTADB", "READONLY"))
