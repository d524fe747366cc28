"""Which file is which document: a file is known by where it really lies, in whatever way its path is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.read.files import lies_in
from kg.read.problem import Source, sound


class Ledger:
    """The files that are known, the name of each, and the documents that came from them; pure memory.

    A path is given in many ways (`a.txt`, `./a.txt`, `/news/a.txt`, through a link). The first one names the file and
    its document; later ones are found to mean the same file. Two files that are given the same name, from different
    working directories, are kept apart: the later one is called by its whole path.
    """

    def __init__(self, names: Mapping[str, str] | None = None, origins: Mapping[str, str] | None = None) -> None:
        """Begin with what is known: real path → name, and document id → real path of its file."""
        self._names = dict(names or {})
        self._paths = {name: path for path, name in self._names.items()}
        self._origins = dict(origins or {})
        self._new_names: dict[str, str] = {}
        self._new_origins: dict[str, str] = {}
        self._read: set[str] = set()
        self._doubtful: set[str] = set()
        self._present: set[str] = set()
        self.taken: dict[str, str] = {}
        """Id of a document that an earlier run had from another file → that file, which is still there."""

    def named(self, source: Source) -> Source | None:
        """Give a file the name it is known by; None if it was met before in this run."""
        path = real(source.path)
        if path in self._read:
            return None
        self._read.add(path)
        name = self._names.get(path)
        if name is None:
            name = sound(source.name)
            holder = self._paths.get(name)
            if holder is not None and os.path.isfile(holder):
                name = sound(path)
            elif holder is not None:  # the file that was called so is gone: this one replaces it
                del self._names[holder]
            self._names[path] = self._new_names[path] = name
            self._paths[name] = path
        return source if name == source.name else replace(source, name=name)

    def note(self, document: str, path: str) -> None:
        """Note that a document is among the input of this run, and the real path of the file it comes from."""
        self._present.add(document)
        known = self._origins.get(document)
        if known != path:
            if known is not None and os.path.isfile(known):
                self.taken[document] = known
            self._origins[document] = self._new_origins[document] = path

    def doubt(self, path: str | os.PathLike[str]) -> None:
        """Note that a file or folder could not be read, or not all of it: what came from it may still be there."""
        self._doubtful.add(os.path.realpath(path))

    def news(self) -> tuple[dict[str, str], dict[str, str]]:
        """Give the names and the origins that came since this was last asked."""
        fresh = self._new_names, self._new_origins
        self._new_names, self._new_origins = {}, {}
        return fresh

    def gone(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Give those documents that are not among this run's input, and not of a file or folder that is in doubt."""
        missing = [document for document in documents if document not in self._present]
        kept = {document for path in self._doubtful for document in self.of(path, missing)}
        return tuple(sorted(document for document in missing if document not in kept))

    def of(self, path: str | os.PathLike[str], documents: Iterable[str]) -> tuple[str, ...]:
        """Give those documents that come from a file, or from the files below a folder."""
        real = os.path.realpath(path)
        return tuple(document for document in documents if lies_in(self._origin(document), real))

    def _origin(self, document: str) -> str:
        """Where a document comes from; by its id, FILE or FILE:LINE, if that was not noted."""
        known = self._origins.get(document)
        return known if known is not None else os.path.realpath(re.sub(r":\d+$", "", document))


def real(path: str | os.PathLike[str]) -> str:
    """Give where a file really lies; standard input lies nowhere."""
    return str(path) if str(path) == "-" else os.path.realpath(path)
