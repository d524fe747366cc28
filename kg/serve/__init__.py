"""The explorer and the SPARQL endpoint: a graph in a browser, and for any SPARQL client.

    app.py      addresses, limits and headers, in one process that never computes anything long
    pool.py     worker processes that are killed at a limit and replaced
    worker.py   one of them: pages (`pages/`) and SPARQL over one read-only snapshot
    gathering   the catalogue (SQLite) that is made once for each snapshot, for lists, counts and search

Everything a browser needs is in this package: pages work without JavaScript, without a network and under a policy that
allows nothing but the server's own files.
"""

from kg.serve.settings import Settings

__all__ = ["Settings"]
