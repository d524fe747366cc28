"""The encoder of the shipped pipeline: a small transformer run by onnxruntime, as spaCy's `tok2vec`.

Every window of every document is run by itself. A batch would save little, and int8 activations take their
scale from all that runs together, so a document's vectors would depend on its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import srsly  # type: ignore[import-untyped, unused-ignore]
from spacy.util import registry
from thinc.api import Model
from thinc.shims import Shim

from kg.language.wordpieces import MARK_LAYOUT, Window, WordPieces, layout, windows

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from spacy.tokens import Doc

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Runner = Callable[[Ints, Ints], tuple[Floats, Floats | None]]
    Frame = tuple[Window, Ints, Ints, Ints]

ARCHITECTURE = "newskg.Encoder.v1"
CONTEXT = "newskg.context"
"""Key of `Doc.user_data` under which the vectors for meaning stand, one row of 16-bit floats per token."""
WIDTH = 384
"""Size of a token's vector."""
WINDOW = 254
"""Most word pieces of one window, without its two marks."""
MARGIN = 32
"""Word pieces of context that a token keeps on either side where a long text is cut."""


class EncoderShim(Shim):  # type: ignore[misc, unused-ignore]
    """What the encoder is made of, as one block of bytes: graph, embedding tables, vocabulary.

    `runner` turns the pieces and layouts of one window into one vector per piece, and a second one for meaning where
    there is a graph for it; it is made on first use, and the training sets its own. `meaning` is that graph (see
    `kg.language.context`).
    """

    def __init__(self, threads: int) -> None:
        super().__init__(None)
        self.threads = threads
        self.parts: dict[str, Any] = {}
        self.runner: Runner | None = None
        self.pieces: WordPieces | None = None
        self.meaning: bytes | None = None

    def to_bytes(self) -> bytes:
        """Return the parts as MessagePack."""
        packed: bytes = srsly.msgpack_dumps(self.parts)
        return packed

    def from_bytes(self, bytes_data: bytes) -> EncoderShim:
        """Take the parts over from MessagePack."""
        self.parts = srsly.msgpack_loads(bytes_data)
        self.runner = None
        self.pieces = WordPieces(self.parts["vocabulary"]) if self.parts else None
        return self

    def run(self, ids: Ints, layouts: Ints) -> tuple[Floats, Floats | None]:
        """Return the vectors of one window, one row per piece, and those for meaning."""
        if self.runner is None:
            self.runner = onnx_runner(self.parts, meaning=self.meaning, threads=self.threads)
        return self.runner(ids, layouts)


def onnx_runner(parts: dict[str, Any], *, meaning: bytes | None = None, threads: int) -> Runner:
    """Return the function that looks the pieces up and runs the graphs on `threads` threads."""
    syntax = onnx_session(parts["graph"], threads=threads)
    second = None if meaning is None else onnx_session(meaning, threads=threads)

    def run(ids: Ints, layouts: Ints) -> tuple[Floats, Floats | None]:
        embedded = embed(parts, ids, layouts)
        [vectors] = syntax.run(None, {"embedded": embedded})
        return vectors, None if second is None else second.run(None, {"embedded": embedded})[0]

    return run


def onnx_session(graph: bytes, *, threads: int) -> Any:
    """Return what runs an ONNX graph on the processor, on so many threads."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # Windows, where no variable does (see `kg.language`)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def embed(parts: dict[str, Any], ids: Ints, layouts: Ints) -> Floats:
    """Return the rows with which the graphs begin, looked up for pieces and their layouts, one after the other."""
    embedded: Floats = parts["words"][ids] * parts["scales"][ids]
    embedded += parts["positions"][: len(ids)]
    embedded += parts["layouts"][layouts]
    return embedded


def encode(shim: EncoderShim, doc: Doc) -> Floats:
    """Return one vector per token of a document, the mean of its pieces' vectors.

    Where the encoder has a graph for meaning, its vectors are left in `doc.user_data[CONTEXT]`.
    """
    vectors = np.zeros((len(doc), WIDTH), dtype="float32")
    if not len(doc) or shim.pieces is None:
        return vectors
    context = None if shim.meaning is None else np.zeros((len(doc), WIDTH), dtype="float16")
    for window, ids, layouts, starts in framed(shim.pieces, doc):
        rows, meaning = shim.run(ids, layouts)
        kept = slice(window.first - window.start, window.last - window.start)
        vectors[window.first : window.last] = pooled(rows, starts)[kept]
        if context is not None and meaning is not None:
            context[window.first : window.last] = pooled(meaning, starts)[kept]
    if context is not None:
        doc.user_data[CONTEXT] = context
    return vectors


def pooled(rows: Floats, starts: Ints) -> Floats:
    """Return the mean of each token's pieces, the window's two marks left out."""
    rows = rows[1:-1]
    sizes = np.diff(np.append(starts, len(rows)))
    pooled: Floats = np.add.reduceat(rows, starts, axis=0) / sizes[:, None].astype("float32")
    return pooled


def framed(pieces: WordPieces, doc: Doc) -> list[Frame]:
    """Return a document's windows with pieces and layouts between their marks, and where each token starts."""
    cut = [pieces.of(token.text) for token in doc]
    layouts = [layout(token.text, space=bool(token.whitespace_)) for token in doc]
    out: list[Frame] = []
    for window in windows([len(ids) for ids in cut], size=WINDOW, margin=MARGIN):
        ids, shapes, starts = [pieces.first], [MARK_LAYOUT], []
        for i in range(window.start, window.end):
            starts.append(len(ids) - 1)
            ids.extend(cut[i])
            shapes.extend([layouts[i]] * len(cut[i]))
        ids.append(pieces.last)
        shapes.append(MARK_LAYOUT)
        out.append((window, _column(ids), _column(shapes), _column(starts)))
    return out


def _column(values: list[int]) -> Ints:
    return np.array(values, dtype="int64")


def _forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:  # noqa: ARG001
    """Encode each document by itself; the training brings its own way back."""
    shim = cast("EncoderShim", model.shims[0])
    return [encode(shim, doc) for doc in docs], lambda gradient: []


def create_encoder(width: int = WIDTH, threads: int = 1) -> Model[Any, Any]:
    """Return the encoder as a thinc model from documents to one array of token vectors each.

    `threads` is what onnxruntime may use in one process.
    """
    return Model("newskg_encoder", _forward, dims={"nO": width}, shims=[EncoderShim(threads)])


registry.architectures(ARCHITECTURE, func=create_encoder)
