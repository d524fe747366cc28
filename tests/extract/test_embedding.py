"""What follows for the truth of what stands under a verb, noun or adjective: the table, and the table at work."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from kg.errors import FrameError
from kg.extract.syntax.signatures import Entailment, embedding, load_embedding
from kg.model import Analysis, Category, Factuality, Status
from tests.extract.conftest import Extract

HAPPENED, DENIED = Factuality.HAPPENED, Factuality.DENIED
FUTURE, OPEN = Factuality.FUTURE, Factuality.HYPOTHETICAL


def told(analysis: Analysis, cls: str) -> set[Factuality]:
    """How the events of a class are told."""
    return {e.factuality for e in analysis.events if e.cls == cls}


@pytest.mark.parametrize(
    ("text", "cls", "expected"),
    [
        # two-way implicatives, and their mirror
        ("Chad managed to free the hostages.", "Release", HAPPENED),
        ("Chad did not manage to free the hostages.", "Release", DENIED),
        ("Chad failed to free the hostages.", "Release", DENIED),
        ("Chad did not fail to free the hostages.", "Release", HAPPENED),
        ("Chad's failure to free the hostages angered Mali.", "Release", DENIED),
        ("Chad succeeded in attacking the port.", "Attack", HAPPENED),
        # one-way implicatives
        ("Chad was forced to free the hostages.", "Release", HAPPENED),
        ("Nobody forced Chad to free the hostages.", "Release", OPEN),
        ("Chad refused to free the hostages.", "Release", DENIED),
        ("Chad did not refuse to free the hostages.", "Release", OPEN),
        ("Chad was unable to free the hostages.", "Release", DENIED),
        ("The army was too weak to attack the port.", "Attack", DENIED),
        ("Rain prevented the army from attacking the port.", "Attack", DENIED),
        ("Nothing prevented the army from attacking the port.", "Attack", OPEN),
        ("The court barred the army from attacking the port.", "Attack", DENIED),
        ("Chad hesitated to attack the port.", "Attack", OPEN),
        ("Chad did not hesitate to attack the port.", "Attack", HAPPENED),
        ("Chad was not allowed to attack the port.", "Attack", DENIED),
        ("Chad did not try to attack the port.", "Attack", DENIED),
        # what is only in mind
        ("Chad has no intention of attacking the port.", "Attack", DENIED),
        ("Chad denied any intention of attacking the port.", "Attack", DENIED),
        ("There is no chance of Chad attacking the port.", "Attack", DENIED),
        ("Chad dropped the idea of attacking the port.", "Attack", OPEN),
        # beliefs, doubts and pretences
        ("Officials doubt that Chad attacked the port.", "Attack", OPEN),
        ("It is unlikely that Chad will attack the port.", "Attack", OPEN),
        ("Chad is unlikely to attack the port.", "Attack", OPEN),
        ("The general pretended that Chad had attacked the port.", "Attack", DENIED),
        ("Mali fears that Chad attacked the port.", "Attack", OPEN),
        ("It is impossible for Chad to attack the port.", "Attack", DENIED),
        # what is wanted, and what is planned
        ("Mali insisted that Chad attack the port.", "Attack", OPEN),
        ("Mali insists that Chad attacked the port.", "Attack", HAPPENED),
        ("Mali demanded that the rebels free the hostages.", "Release", OPEN),
        ("Mali recommended that the hostages be freed.", "Release", OPEN),
        ("Chad is due to attack the port.", "Attack", FUTURE),
        ("Chad decided to attack the port.", "Attack", FUTURE),
        ("Chad has no plans to attack the port.", "Attack", DENIED),
        ("Chad is not going to attack the port.", "Attack", DENIED),
        # events as objects
        ("Envoys averted an attack on the port.", "Attack", DENIED),
        ("The army delayed an attack on the port.", "Attack", OPEN),
        ("Chad is withholding a delivery of aid to Mali.", "Aid", OPEN),
        ("There is no prospect of an attack on the port.", "Attack", DENIED),
        # under a modal, what would be denied is open
        ("Chad may refuse to free the hostages.", "Release", OPEN),
        # who is singled out by an infinitive did it
        ("The first general to attack the port was wounded.", "Attack", HAPPENED),
    ],
)
def test_what_follows_for_a_complement(extract: Extract, text: str, cls: str, expected: Factuality) -> None:
    assert expected in told(extract(text), cls)
    assert told(extract(text), cls) <= {expected, HAPPENED if "wounded" in text else expected}


def test_what_all_we_need_to_do_is_equated_with_is_not_done(extract: Extract) -> None:
    events = extract("All we need to do is attack the port. What they did was attack the bridge.").events
    assert [(e.factuality, [p.text for p in e.participants][:1]) for e in events if e.cls == "Attack"] == [
        (OPEN, ["we"]),
        (HAPPENED, ["they"]),
    ]


def test_a_demand_in_the_subjunctive_has_its_addressee(extract: Extract) -> None:
    [demand] = [e for e in extract("Togo insisted that Benin reopen the harbour.").events if e.kind]
    assert demand.kind == "demand"
    assert [(p.role, p.text) for p in demand.participants] == [("proposer", "Togo"), ("addressee", "Benin")]


SUBJECTS = ("Kenya", "The rebels", "Her ministry")
DENIALS = ("did not", "never", "has not", "hadn’t")
ACTS = {  # base, past, participle, and class of the affirmed act
    "Refusal": [
        ("reject the offer", "rejected the offer", "rejected the offer"),
        ("turn down the proposal", "turned down the proposal", "turned down the proposal"),
        ("veto the plan", "vetoed the plan", "vetoed the plan"),
    ],
    "Acceptance": [
        ("accept the offer", "accepted the offer", "accepted the offer"),
        ("accede to the demand", "acceded to the demand", "acceded to the demand"),
    ],
    "Offer": [("offer Chad a loan", "offered Chad a loan", "offered Chad a loan")],
    "Threat": [("threaten Chad with war", "threatened Chad with war", "threatened Chad with war")],
    "Proposal": [("propose a truce", "proposed a truce", "proposed a truce")],
    "Attack": [("attack the port", "attacked the port", "attacked the port")],
    "Agreement": [("sign the treaty", "signed the treaty", "signed the treaty")],
}


@pytest.mark.parametrize(("cls", "forms"), [(cls, forms) for cls, rows in ACTS.items() for forms in rows])
def test_what_is_denied_is_never_told_as_what_is_affirmed(
    extract: Extract, cls: str, forms: tuple[str, str, str]
) -> None:
    """Neither the act itself, nor an initiative that anybody could answer, nor the answer that it would be."""
    base, past, participle = forms
    before = "Oman made an offer. Oman proposed a truce and demanded a tax. "
    for subject, denial in product(SUBJECTS, DENIALS):
        verb = past if denial == "never" else base if denial == "did not" else participle
        denied = extract(f"{before}{subject} {denial} {verb}.")
        affirmed = extract(f"{before}{subject} {past}.")
        mine = [e for e in denied.events if e.trigger.begin >= len(before) and e.cls != "Statement"]
        assert not [e for e in mine if e.cls == cls and e.factuality is HAPPENED], (subject, denial, verb)
        assert not [e for e in mine if e.kind is not None], (subject, denial, verb)
        assert [e for e in affirmed.events if e.cls == cls and e.factuality is HAPPENED], (subject, past)
        answer = {"Refusal": Status.REJECTED, "Acceptance": Status.ACCEPTED}.get(cls)
        assert answer is None or answer not in {d.status for d in denied.dispositions}, (subject, denial, verb)


def test_signatures_are_looked_up_by_word_class_and_complement() -> None:
    table = embedding()
    manage = table.of(Category.VERB, "manage", "to")
    assert manage is not None
    assert [manage.under(negated=n) for n in (False, True)] == [Entailment.TRUE, Entailment.FALSE]
    assert table.of(Category.NOUN, "manage", "to") is None
    assert table.of(Category.VERB, "manage", "from") is None
    assert table.of(Category.VERB, "stop short", "from") == table.of(Category.VERB, "stop", "from")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[signature]", "cannot be read as TOML"),
        ('[[signature]]\nname = "x"\naffirmed = "perhaps"', "'perhaps' is not a valid"),
        ('[[signature]]\nname = "x"\nverbs = ["fail"]', "affirmed"),
        (
            '[[signature]]\nname = "x"\naffirmed = "true"\nverbs = ["fail"]\ncomplements = ["to"]\n'
            '[[signature]]\nname = "y"\naffirmed = "false"\nverbs = ["fail"]\ncomplements = ["to"]',
            "'fail' with 'to' stands under 'x' and 'y'",
        ),
    ],
)
def test_a_table_that_says_no_one_thing_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "embedding.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(FrameError, match=message):
        load_embedding(path)
