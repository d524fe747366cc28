"""When it is decided who is who: at the end of a run, and before, while other processes read."""

from __future__ import annotations

from pathlib import Path

from kg.digest import READ as DIGESTED
from kg.store import JOURNAL, Store

STEP = 256
"""Documents that are decided on together while others read; in much smaller steps deciding costs more."""


class Deciding:
    """The decisions that one run owes to the documents it writes; `changed` are the IRIs of those, as they come.

    `lost` is what of the journal no longer fits the texts, in a sentence each, as the last decisions found.
    What is decided does not depend on the steps in which it is, so that any number of processes gives the same graph.
    """

    def __init__(self, store: Store, tables: tuple[Path, ...], *, resolve: bool, all_anew: bool) -> None:
        """Have the store keep what will be asked for. `all_anew`: documents of earlier runs wait, too."""
        self.changed: list[str] = []
        self.lost: tuple[str, ...] = ()
        self._store = store
        self._tables = tables
        self._resolve = resolve
        self._all_anew = all_anew
        self._done = 0
        # a journal is read and applied anew at each step, which is seldom worth it
        self._early = resolve and not (store.directory / JOURNAL).exists()
        if resolve:
            from kg.resolve.building import READ

            store.keep({*READ, *DIGESTED})

    def meanwhile(self) -> None:
        """Decide about what has been written since the last step, if it is enough to be worth one.

        An interruption in the midst leaves everything to the next run, as that of any other decision does.
        """
        if self._early and len(self.changed) - self._done >= STEP:
            self.decide()

    def decide(self) -> None:
        """Decide about what has been written and is not decided yet."""
        from kg.resolve.building import after_build

        documents = None if self._all_anew else self.changed[self._done :]
        self.lost = after_build(self._store, self._tables, documents, resolve=self._resolve)
        self._done, self._all_anew = len(self.changed), False
