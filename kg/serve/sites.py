"""Which snapshot is served: the published one, and another one as soon as its catalogue is made."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path

import kg
from kg.errors import KgError
from kg.serve.gathering import catalogue_of, prepared
from kg.serve.messages import Site
from kg.store.directory import current_snapshot

_LOG = logging.getLogger(__name__)
_EVERY = 1.0  # seconds between two looks at what is published


class Sites:
    """What is served now; `watch` changes it when a build has published something new."""

    def __init__(self, directory: Path) -> None:
        """Begin with the published snapshot, whose catalogue is made if there is none. Raises `StoreError`."""
        self.directory = directory
        self.now = prepared(directory)
        self.building = False

    async def watch(self) -> None:
        """Look for a new snapshot now and then, for ever."""
        while True:
            await asyncio.sleep(_EVERY)
            number = current_snapshot(self.directory)
            # a graph that was restored or built anew in this place may have the number of the one before
            if number is None or catalogue_of(self.directory, number).key == self.now.key:
                continue
            with suppress(KgError, OSError):
                self.building = True
                await self._renew()
            self.building = False

    async def _renew(self) -> None:
        """Make the catalogue in a process of its own, so that readers do not wait for it."""
        path = os.pathsep.join(filter(None, (str(Path(kg.__file__).parents[1]), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-P", "-m", "kg.serve.gathering", str(self.directory)]
        child = await asyncio.create_subprocess_exec(*command, env={**os.environ, "PYTHONPATH": path})
        try:
            code = await child.wait()
        except asyncio.CancelledError:
            child.kill()
            raise
        if code:
            _LOG.warning("the catalogue of a new snapshot could not be made (exit code %s); the last one stays", code)
            await asyncio.sleep(10 * _EVERY)
            return
        number = current_snapshot(self.directory)
        site: Site | None = catalogue_of(self.directory, number) if number is not None else None
        if site is not None and site.catalogue.is_file():
            self.now = site
            _LOG.info("serving snapshot %s", number)
