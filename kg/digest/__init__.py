"""The digest of a snapshot: who takes part in what, as tables, for questions that look at all documents.

SPARQL over thousands of graphs counts for seconds or minutes. The digest is an SQLite file beside each snapshot, made
from that of the one before by what was written since. It is disposable: without it questions ask the graph, with the
same answer.
"""

from kg.digest.gathering import READ
from kg.digest.making import file_of, make, publish
from kg.digest.reading import Digest, digest_of

__all__ = ["READ", "Digest", "digest_of", "file_of", "make", "publish"]
