"""The recipe of the heads of meaning on a handful of passages: examples, a few steps, calibration, files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.errors import ExtraError, InputError
from kg.language.training import __main__ as command
from kg.language.training.passages import passage, write_records

SENTENCES = (
    "Chad asked Niger on Monday to free two pilots.",
    "Niger rejected the request.",
    "The refusal angered Chad.",
)
TEXT = " ".join(SENTENCES)


def span(words: str, start: int = 0) -> list[int]:
    begin = TEXT.index(words, start)
    return [begin, begin + len(words)]


def event(
    name: str, sentence: int, kind: str | None, types: list[str], trigger: str, **roles: list[int]
) -> dict[str, Any]:
    told = {"id": name, "sentence": sentence, "type": types[0], "types": types, "kind": kind, "factuality": "happened"}
    return told | {"trigger": [span(trigger)]} | {role: [place] for role, place in roles.items()}


def record(name: str = "own-1") -> dict[str, Any]:
    ends = np.cumsum([len(sentence) + 1 for sentence in SENTENCES]).tolist()
    events = [
        event(
            "e1", 1, "request", ["REQUEST"], "asked", actor=span("Chad"), recipient=span("Niger"), time=span("Monday")
        ),
        event("e2", 1, None, ["RETREAT", "CONCEDE"], "free", object=span("two pilots"), quantity=span("two pilots")),
        event("e3", 2, None, ["REJECT"], "rejected", actor=span("Niger", ends[0]), object=span("the request")),
        event("e4", 3, None, ["REJECT"], "refusal"),
    ]
    relations = [["e3", "answers", "e1", "rejected"], ["e4", "same", "e3", None]]
    spans = [[end - len(s) - 1, end - 1] for end, s in zip(ends, SENTENCES, strict=True)]
    return {
        "id": name,
        "text": TEXT,
        "sentences": spans,
        "events": events,
        "statements": [],
        "relations": relations,
        "statuses": [["e1", "rejected"]],
        "source": "made for this test",
        "published": "2024-05-03",
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_records([record(f"own-{k}") for k in range(4)], folder / "newswire-train.jsonl.gz")
    write_records([record("own-5")], folder / "more-dev.jsonl.gz")
    (folder / "newswire-test.jsonl.gz").write_bytes(b"what must never be read")
    return folder


@pytest.fixture
def torch() -> Any:
    pytest.importorskip("onnx", reason="the training needs the extra `train`: pip install 'newskg[train]'")
    return pytest.importorskip("torch", reason="the training needs the extra `train`: pip install 'newskg[train]'")


@pytest.fixture(scope="module")
def example() -> Any:
    from kg.language.training.meaning_data import Maker

    return Maker().example(passage(record()))


def test_an_example_says_what_was_annotated(example: Any) -> None:
    tree = example.tree
    words = {name: tree.word[view.token] for name, view in example.views.items()}
    assert words == {"e1": "asked", "e2": "free", "e3": "rejected", "e4": "refusal"}
    assert [tree.word[i] for i in np.flatnonzero(example.present)] == ["asked", "free", "rejected", "refusal"]
    assert example.types[example.views["e2"].token].sum() == 2
    assert set(np.flatnonzero(example.present)) <= set(example.tokens)
    assert len(example.features) == len(tree.word) and sum(len(w.starts) for w in example.windows) == len(tree.word)


def test_a_counted_participant_is_asked_about_twice(example: Any) -> None:
    tree = example.tree
    [pair] = [p for p in example.roles if (tree.word[p.event], tree.word[p.other]) == ("free", "pilots")]
    assert (pair.role, pair.counted) == (3, 1)  # object, and how many
    [pair] = [p for p in example.roles if (tree.word[p.event], tree.word[p.other]) == ("asked", "Chad")]
    assert (pair.role, pair.counted) == (1, 0)


def test_another_telling_of_an_answer_is_no_counterexample(example: Any) -> None:
    words = example.tree.word
    label = {(words[p.first], words[p.second]): (p.answer, p.cause, p.same) for p in example.links}
    assert label["rejected", "asked"] == (2, 0, 0)
    assert label["free", "asked"][0] == 0
    assert label["refusal", "asked"][0] == -1  # it is the rejection once more
    assert label["refusal", "rejected"] == (-1, 0, 1)


def test_the_test_part_is_never_read(corpus: Path) -> None:
    from kg.language.training.meaning_data import read_part

    assert {name: len(some) for name, some in read_part(corpus, "train").items()} == {"newswire": 4}
    assert {name: len(some) for name, some in read_part(corpus, "dev").items()} == {"more": 1}
    (corpus / "town-hall-dev.jsonl.gz").write_bytes((corpus / "more-dev.jsonl.gz").read_bytes())
    assert [*read_part(corpus, "dev")] == ["more", "town-hall"]
    (corpus / "town-hall-dev.jsonl.gz").unlink()
    with pytest.raises(ValueError, match="train and dev, not test"):
        read_part(corpus, "test")


@pytest.mark.usefixtures("torch")
def test_a_short_training_gives_the_same_files_twice(corpus: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        command.train_meaning(corpus, tmp_path / out, epochs=2, seed=3)
    names = ["context.onnx", "heads.npz", "meaning.json", "meaning.png"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == names
    for name in names[:3]:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    report = json.loads((tmp_path / "one" / "meaning.json").read_text(encoding="utf-8"))
    assert [one["epoch"] for one in report["epochs"]] == [1, 2]
    assert report["epochs"][1]["loss"] < report["epochs"][0]["loss"]


@pytest.mark.usefixtures("torch")
def test_the_exported_heads_say_what_the_trained_ones_say(corpus: Path, tmp_path: Path) -> None:
    from kg.language.training.meaning_calibration import calibrated, questions, thresholds
    from kg.language.training.meaning_data import Maker
    from kg.language.training.meaning_export import head_arrays
    from kg.language.training.meaning_net import MeaningNet
    from kg.language.training.meaning_scores import predict
    from kg.meaning.heads import product, sums

    maker = Maker()
    one = maker.example(passage(record()))
    net = MeaningNet(maker.shim.parts)
    [scores] = predict(net, [one])
    asked = questions([one], [scores])
    heat = calibrated(asked)
    weights = head_arrays(net, heat, thresholds([one], asked, heat))
    vectors = net.encode([one])[0].detach().numpy()
    hidden = product(np.hstack([vectors, vectors[one.tree.head]]), weights["tag.in"])
    hidden += weights["tag.bias"] + sums(weights["tag.features"], one.features)
    mine = product(np.maximum(hidden, 0), weights["tag.out"]) + weights["tag.out_bias"]
    event, types = heat["event"], heat["type"]
    assert np.allclose((mine[:, 0] - event.offset) * event.temperature, scores.tags[:, 0], atol=1e-3)
    assert np.allclose(mine[:, 1:18] * types.temperature, scores.tags[:, 1:18], atol=1e-3)
    assert weights["role.out"].shape[1] == scores.roles.shape[1] == 10


@pytest.mark.usefixtures("torch")
def test_calibration_cools_what_is_too_sure() -> None:
    from kg.language.training.meaning_calibration import Question, calibrated, cut

    right = np.array([True] * 7 + [False] * 3)
    sure = Question(np.full((10, 1), 4.0, "float32"), right[:, None])
    heat = calibrated({"event": sure})["event"]
    assert float(sure.chances(heat)[0, 0]) == pytest.approx(0.7, abs=0.01)
    surer = Question(np.array([[4.0, 0.0]] * 10, "float32"), np.stack([right, ~right], axis=1))
    heat = calibrated({"kind": surer})["kind"]
    assert heat.temperature > 2 and heat.offset == 0
    chances = np.array([0.95, 0.9, 0.8, 0.6, 0.4], "float32")
    found = cut(chances, np.array([True, True, False, True, False]), 3)
    assert 0.4 < found.best <= 0.6 and 0.8 < found.precise <= 0.9


def test_training_without_torch_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in ("meaning", "meaning_train", "meaning_net", "meaning_export", "meaning_scores", "meaning_calibration"):
        monkeypatch.delitem(sys.modules, f"kg.language.training.{name}", raising=False)
    with pytest.raises(ExtraError, match=r"needs torch.*pip install 'newskg\[train\]'"):
        command.train_meaning(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("torch")
def test_a_folder_without_passages_is_refused(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "kg.language.training", "meaning", "--corpus", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "holds no *-train.jsonl.gz with passages" in done.stderr


@pytest.mark.parametrize("lacks", ["semantics", "semantics/masc_propbank.jsonl", "model.safetensors"])
def test_what_a_teacher_lacks_is_told_before_anything_is_analysed(
    lacks: str,
    torch: Any,
    corpus: Path,
    corpora: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from kg.language.training import meaning_data, mpnet

    if lacks == "semantics":
        shutil.rmtree(corpora / lacks)
    else:
        (corpora / lacks).unlink(missing_ok=True)
    if lacks != "model.safetensors":
        monkeypatch.setattr(mpnet, "pretrained", lambda folder: None)
    monkeypatch.setattr(meaning_data, "Maker", None)
    asked = ["meaning", "--corpus", corpus, "--teacher", tmp_path, "--corpora", corpora, "--out", tmp_path / "out"]
    monkeypatch.setattr(sys, "argv", ["training", *map(str, asked)])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2 and lacks in capsys.readouterr().err


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """One text of each source that a teacher reads, and one that holds a sentence of the part to choose on."""
    said = ("A minister spoke to the press.", "The rebels laid down their arms.", "Nobody knows who paid for it.")

    def tagged(name: str, document: str, sentences: tuple[str, ...] = said) -> None:
        cut = [s.replace(".", " .").split() for s in sentences]
        lines(f"ner/{name}/train.jsonl", [{"tokens": t, "ner_gpe": ["O"] * len(t), "doc": document} for t in cut])

    def lines(name: str, rows: list[dict[str, Any]]) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    tagged("gmb", "block9")
    tagged("wikigold", "d1")
    tagged("redocred", "An article", (SENTENCES[0], *said))
    articles = [
        {"id": f"Wiki1k:{source}:7:0:{k}", "text": s}
        for source in ("wikinews", "wikipedia")
        for k, s in enumerate(said)
    ]
    lines("semantics/qanom_train.jsonl", articles[:1] + articles[3:])
    lines("semantics/qasrl_gs_wikinews_dev.jsonl", articles[1:3][::-1])
    lines("semantics/masc_propbank.jsonl", [{"doc": "court", "text": s} for s in said])
    lines("semantics/re3d_open.jsonl", [{"id": "9", "text": " ".join(said)}])
    for name in ("en_ewt", "en_gum_open"):
        heads = [f"{head}-1" for head in ("GUM_news", "reviews")]
        text = "".join(f"# newdoc id = {head}\n" + "".join(f"# text = {s}\n" for s in said) for head in heads)
        lines(f"treebank/{name}-train.conllu", [])
        (tmp_path / f"treebank/{name}-train.conllu").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_teacher_reads_nothing_that_is_to_choose_on(corpus: Path, corpora: Path) -> None:
    from kg.language.training.meaning_data import read_part
    from kg.language.training.meaning_silver import read_news

    given = {part: [one for some in read_part(corpus, part).values() for one in some] for part in ("train", "dev")}
    found = read_news(corpora, given)
    assert sorted(one.id.rsplit("-", 1)[0] for one in found) == [
        "GUM_news-1", "GUM_news-1", "masc-court", "re3d-9", "wikigold-d1", "wikinews-7",
    ]  # fmt: skip
    assert {len(one.sentences) for one in found} == {3}
    assert [one.text for one in found if one.id.startswith("wikinews")] == [
        "A minister spoke to the press. The rebels laid down their arms. Nobody knows who paid for it."
    ]


def test_the_heads_learn_from_what_a_teacher_reads(
    torch: Any, corpus: Path, corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.language.training import meaning_teacher, mpnet

    def small(folder: Path) -> Any:
        assert folder == tmp_path
        torch.manual_seed(0)
        sizes = {"embeddings.word_embeddings": (30527, 48), "embeddings.position_embeddings": (514, 48)}
        sizes |= {"embeddings.LayerNorm": (48,), "encoder.relative_attention_bias": (mpnet.BUCKETS, 12)}
        for k in range(mpnet.LAYERS):
            layer = f"encoder.layer.{k}"
            sizes |= {f"{layer}.attention.attn.{part}": (48, 48) for part in "qkvo"}
            sizes |= {f"{layer}.{part}": (48,) for part in ("attention.LayerNorm", "output.LayerNorm")}
            sizes |= {f"{layer}.intermediate.dense": (96, 48), f"{layer}.output.dense": (48, 96)}
        given = {f"{name}.weight": torch.randn(size) * 0.1 for name, size in sizes.items()}
        return mpnet.MPNet(given | {f"{name}.bias": torch.zeros(size[0]) for name, size in sizes.items()})

    for name, value in {"LAYERS": meaning_teacher.FROZEN + 1, "WIDTH": 48, "INNER": 96, "pretrained": small}.items():
        monkeypatch.setattr(mpnet, name, value)
    write_records([marked()], corpus / "answers.jsonl.gz")
    command.train_meaning(corpus, tmp_path / "taught", epochs=1, teacher=tmp_path, corpora=corpora)
    report = json.loads((tmp_path / "taught" / "meaning.json").read_text(encoding="utf-8"))
    assert len(report["epochs"]) == 1 and report["dev"]["more"]["found"] >= 0


def marked(name: str = "ans-1") -> dict[str, Any]:
    plain = record(name)
    return {
        "id": name,
        "published": "2024-05-03",
        "text": TEXT,
        "sentences": plain["sentences"],
        "initiatives": [
            {"id": "i1", "trigger": span("asked"), "kind": "demand", "proposer": [span("Chad")]},
            {"id": "i2", "trigger": span("request"), "kind": "demand"},
        ],
        "answers": [{"trigger": span("angered"), "answers": "i1", "status": "rejected", "by": [span("Niger")]}],
        "same": [["i1", "i2"]],
        "statuses": {"i1": "rejected", "i2": "rejected"},
    }


def test_marks_are_read_and_checked(tmp_path: Path) -> None:
    from kg.language.training.marked import faults, read_marked

    write_records([marked()], tmp_path / "answers.jsonl.gz")
    [text] = read_marked(tmp_path / "answers.jsonl.gz")
    assert (text.initiatives[0].status, text.answers[0].answers, text.same) == ("rejected", "i1", (("i1", "i2"),))
    assert faults([text]) == [] and faults([text, text]) == ["ans-1: the id is taken"]
    wrong = marked() | {"answers": [{"trigger": [0, 1000], "answers": "i9", "status": "granted"}]}
    write_records([wrong], tmp_path / "wrong.jsonl.gz")
    assert len(faults(read_marked(tmp_path / "wrong.jsonl.gz"))) == 2
    write_records([{"id": "ans-2", "text": TEXT}], tmp_path / "broken.jsonl.gz")
    with pytest.raises(InputError, match="ans-2: lacks or misshapes 'statuses'"):
        read_marked(tmp_path / "broken.jsonl.gz")


def test_marks_stand_over_what_a_teacher_says(torch: Any, tmp_path: Path) -> None:
    from kg.language.training.marked import read_marked
    from kg.language.training.meaning_data import Maker
    from kg.language.training.meaning_marked import read_with_marks
    from kg.language.training.meaning_net import MeaningNet
    from kg.meaning.features import ANSWERS, KINDS, TYPES

    maker = Maker()
    torch.manual_seed(0)
    net = MeaningNet(maker.shim.parts)
    net.eval()
    write_records([marked()], tmp_path / "answers.jsonl.gz")
    [text] = read_marked(tmp_path / "answers.jsonl.gz")

    def vectors_of(examples: Any) -> Any:
        with torch.no_grad():
            return [net.encode([one])[0] for one in examples]

    [lesson] = read_with_marks([(net, vectors_of)], [(text, maker.analysed(text.text))])
    example, said = lesson
    assert said is not None
    words = example.tree.word
    kinds = slice(1 + len(TYPES), 1 + len(TYPES) + len(KINDS))
    asked, request, angered = (words.index(word) for word in ("asked", "request", "angered"))
    assert all(KINDS[int(said.tags[i, kinds].argmax())] == "demand" for i in (asked, request))
    assert all(said.tags[i, 0] >= 4 for i in (asked, request, angered))
    link = {(words[p.first], words[p.second]): row for p, row in zip(example.links, said.links, strict=True)}
    answer = {pair: ANSWERS[int(row[: len(ANSWERS)].argmax())] for pair, row in link.items()}
    assert answer["angered", "asked"] == "rejected"
    assert link["request", "asked"][-1] > 0 > link["request", "asked"][ANSWERS.index("rejected")]
    assert {answer[pair] for pair in answer if pair[1] == "asked" and pair[0] not in ("angered",)} == {"none"}
