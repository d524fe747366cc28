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


class ExportError(KgError):
    """An export that is unknown or cannot be written."""


class ExtraError(KgError):
    """An optional dependency that a feature needs is not installed."""
