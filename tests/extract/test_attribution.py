"""Who says what: sources, cues and contents in our own short texts, one phenomenon each."""

from __future__ import annotations

import pytest

from kg.extract.syntax.quotes import find_quotations
from kg.model import Analysis
from tests.extract.conftest import Extract

Said = tuple[str, str, tuple[str, ...]]


def said(analysis: Analysis) -> list[Said]:
    """Source words, cue words and content words of each attribution, in text order."""
    text = analysis.document.text
    return [
        (
            text[a.source.span.begin : a.source.span.end] if a.source is not None else "",
            text[a.cue.begin : a.cue.end],
            tuple(text[s.begin : s.end] for s in a.content),
        )
        for a in analysis.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # who is quoted says it, not who quotes him
        (
            "The agency cited two envoys as saying the talks had failed.",
            "two envoys",
            "saying",
            ("the talks had failed",),
        ),
        ("The paper quoted Ana Ruiz as having said that it was over.", "Ana Ruiz", "having said", ("it was over",)),
        ("Ana Ruiz was quoted by a paper as saying it was over.", "Ana Ruiz", "saying", ("it was over",)),
        ("The union cited the audit as proof.", "The union", "cited", ("the audit as proof",)),
        # the day between the verb and what is said is when it was said
        ("Ana Ruiz said on Monday she had lost her bag.", "Ana Ruiz", "said", ("she had lost her bag",)),
        # direct: the cue behind, before, inverted, in the middle of a sentence, between sentences
        ('"The bridge is closed," Ana Ruiz said.', "Ana Ruiz", "said", ('"The bridge is closed,"',)),
        ('Ana Ruiz said: "The bridge is closed."', "Ana Ruiz", "said", ('"The bridge is closed."',)),
        ('"The bridge is closed," said Ana Ruiz.', "Ana Ruiz", "said", ('"The bridge is closed,"',)),
        (
            '"If the rain stops," said Ana Ruiz, "we will reopen it."',
            "Ana Ruiz",
            "said",
            ('"If the rain stops,"', '"we will reopen it."'),
        ),
        (
            '"If the rain stops," Ana Ruiz said, turning to the river, "we will reopen it."',
            "Ana Ruiz",
            "said",
            ('"If the rain stops,"', '"we will reopen it."'),
        ),
        (
            '"The bridge is closed," Ana Ruiz said on Monday. "It will stay closed until May."',
            "Ana Ruiz",
            "said",
            ('"The bridge is closed,"', '"It will stay closed until May."'),
        ),
        ('"Who closed the bridge?" Ana Ruiz asked.', "Ana Ruiz", "asked", ('"Who closed the bridge?"',)),
        # several sentences in one quotation, and several paragraphs
        (
            '"The bridge is old. Nobody repaired it. It is closed," Ana Ruiz said.',
            "Ana Ruiz",
            "said",
            ('"The bridge is old. Nobody repaired it. It is closed,"',),
        ),
        (
            'Ana Ruiz said:\n\n"The bridge is closed. It is old.\n\n"The ferry will run instead."',
            "Ana Ruiz",
            "said",
            ('"The bridge is closed. It is old.', '"The ferry will run instead."'),
        ),
        ('"They came at night," Ana Ruiz said. "We ran."', "Ana Ruiz", "said", ('"They came at night,"', '"We ran."')),
        # indirect, with and without "that", in the middle and at the end
        ("Ana Ruiz said that the bridge was closed.", "Ana Ruiz", "said", ("the bridge was closed",)),
        ("The mayor told reporters the bridge was closed.", "The mayor", "told", ("the bridge was closed",)),
        ("The bridge, the mayor said, was closed in May.", "the mayor", "said", ("The bridge", "was closed in May")),
        ("The bridge was closed in May, the mayor said.", "the mayor", "said", ("The bridge was closed in May",)),
        # partial quotations belong to what they stand in
        (
            'The mayor said the bridge was "a danger to everybody" and had to be closed.',
            "The mayor",
            "said",
            ('the bridge was "a danger to everybody" and had to be closed',),
        ),
        ('The mayor called the bridge "a disgrace".', "The mayor", "called", ('the bridge "a disgrace"',)),
        # phrases instead of verbs
        ("The bridge was closed in May, according to the mayor.", "the mayor", "according to", None),
        ("According to the mayor, the bridge was closed.", "the mayor", "According to", ("the bridge was closed",)),
        ("In the mayor's view, the bridge is a danger.", "the mayor's", "In", ("the bridge is a danger",)),
        ("As the mayor put it, the town is broke.", "the mayor", "put", ("the town is broke",)),
        ("The town, as the mayor noted, is broke.", "the mayor", "noted", ("The town", "is broke")),
        ("The minister put the death toll at 31.", "The minister", "put", ("the death toll at 31",)),
        (
            "The bank is sound – the minister insisted – and will stay open.",
            "the minister",
            "insisted",
            ("The bank is sound", "and will stay open"),
        ),
        ("The army said in a statement that the port was safe.", "The army", "said", ("the port was safe",)),
        # nouns
        ("There are fears that the dam could burst.", "", "fears", ("the dam could burst",)),
        ("Residents have voiced concern about the dam.", "Residents", "concern", ("the dam",)),
        (
            "This contradicts the mayor's claim that the bridge is safe.",
            "the mayor's",
            "claim",
            ("the bridge is safe",),
        ),
        (
            "Engineers dismissed the idea that the bridge could collapse.",
            "Engineers",
            "dismissed",
            ("the idea that the bridge could collapse",),
        ),
        # infinitives
        ("The mayor threatened to close the bridge.", "The mayor", "threatened", ("to close the bridge",)),
        ("The mayor promised to repair the bridge.", "The mayor", "promised", ("to repair the bridge",)),
        ("The court ordered the city to repair the bridge.", "The court", "ordered", ("to repair the bridge",)),
        ("The mayor wants the state to pay.", "The mayor", "wants", ("the state to pay",)),
        # passives
        ("It was reported that the bridge had collapsed.", "", "was reported", ("the bridge had collapsed",)),
        ("Two men are said to have fled.", "", "are said", ("Two men", "to have fled")),
        ("Two men were accused of starting the fire.", "", "were accused", ("Two men", "starting the fire")),
        ("Residents were told that the water was safe.", "", "were told", ("the water was safe",)),
        # attitudes, questions and what is said of an object
        ("The mayor is confident that the bridge will hold.", "The mayor", "is confident", ("the bridge will hold",)),
        ("The mayor asked whether the bridge was safe.", "The mayor", "asked", ("the bridge was safe",)),
        (
            "The mayor praised the engineers for being honest.",
            "The mayor",
            "praised",
            ("the engineers for being honest",),
        ),
        ("The mayor accused the state of hiding reports.", "The mayor", "accused", ("the state of hiding reports",)),
    ],
)
def test_source_cue_and_content(
    extract: Extract, text: str, source: str, cue: str, content: tuple[str, ...] | None
) -> None:
    found = said(extract(text))
    expected = content or (text.split(", according")[0],)
    assert (source, cue, expected) in found
    assert len(found) == 1


def test_a_quotation_in_the_next_paragraph_has_the_same_speaker(extract: Extract) -> None:
    text = '"The bridge is closed," Ana Ruiz said.\n\n"The ferry will run from Monday."\n\nThe town has two ferries.'
    assert said(extract(text)) == [
        ("Ana Ruiz", "said", ('"The bridge is closed,"', '"The ferry will run from Monday."'))
    ]


def test_a_quotation_with_a_cue_of_its_own_has_its_own_speaker(extract: Extract) -> None:
    found = said(extract('"The bridge is closed," Ana Ruiz said. "It is perfectly safe," Tom Berg replied.'))
    assert [(source, content) for source, _, content in found] == [
        ("Ana Ruiz", ('"The bridge is closed,"',)),
        ("Tom Berg", ('"It is perfectly safe,"',)),
    ]


def test_pronouns_lead_to_the_speaker(extract: Extract) -> None:
    analysis = extract('Ana Ruiz opened the meeting. "I will close the bridge," she said.')
    source = analysis.attributions[0].source
    assert source is not None and source.mention is not None
    chain = analysis.chain_of[source.mention]
    assert chain is not None and analysis.chains[chain].name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rebels attacked the port on Friday, Ana Ruiz said.", "Ana Ruiz"),
        ("Ana Ruiz said that rebels had attacked the port.", "Ana Ruiz"),
        ("Rebels attacked the port, according to the ministry.", "the ministry"),
        ("Rebels attacked the port on Friday.", None),
    ],
)
def test_reported_events_carry_their_speaker(extract: Extract, text: str, speaker: str | None) -> None:
    [attack] = [e for e in extract(text).events if e.plover == "ASSAULT"]
    assert (attack.attributed_to.text if attack.attributed_to else None) == speaker


def test_what_is_said_besides_has_the_same_speaker(extract: Extract) -> None:
    found = said(extract("The mayor said he was worried, adding that the ferry would run from Monday."))
    assert [(source, content) for source, _, content in found] == [
        ("The mayor", ("he was worried",)),
        ("The mayor", ("the ferry would run from Monday",)),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ana Ruiz rejected a plan to freeze wages, calling it unfair.", "it unfair"),
        (
            "Ana Ruiz vetoed a law that would have required firms to publish their debts, saying it was too strict.",
            "it was too strict",
        ),
        ("Ana Ruiz urged the mayor to resign, saying he had lost the keys.", "he had lost the keys"),
    ],
)
def test_who_says_so_besides_is_no_part_of_what_is_wanted(extract: Extract, text: str, content: str) -> None:
    analysis = extract(text)
    assert ("Ana Ruiz", (content,)) in [(source, found) for source, _, found in said(analysis)]
    assert not any(content in e.content_text for e in analysis.events if e.kind is not None)


def test_the_next_act_of_a_speaker_is_not_what_was_said(extract: Extract) -> None:
    found = said(extract("Ana Ruiz said the bridge was a danger and urged the council to close it."))
    assert ("Ana Ruiz", "said", ("the bridge was a danger",)) in found
    assert any(cue == "urged" and source == "Ana Ruiz" for source, cue, _ in found)


def test_a_contrast_is_not_part_of_what_was_said(extract: Extract) -> None:
    found = said(extract("The mayor says the bridge is safe; engineers say it could collapse."))
    assert [(source, content) for source, _, content in found] == [
        ("The mayor", ("the bridge is safe",)),
        ("engineers", ("it could collapse",)),
    ]


@pytest.mark.parametrize("link", ["but", "although", "while", "whereas"])
def test_what_others_say_against_it_is_theirs(extract: Extract, link: str) -> None:
    found = said(extract(f"The mayor said that the bridge was safe, {link} engineers warned that it could fall."))
    assert [(source, content) for source, _, content in found] == [
        ("The mayor", ("the bridge was safe",)),
        ("engineers", ("it could fall",)),
    ]


def test_what_is_said_within_what_is_said_is_told_once(extract: Extract) -> None:
    found = said(extract('"I think the bridge is safe and I know the council agrees," Ana Ruiz said.'))
    assert [source for source, _, _ in found] == ["Ana Ruiz"]


def test_transcripts_and_headlines_name_the_speaker_with_a_colon(extract: Extract) -> None:
    text = (
        "BERG: Is the bridge safe?\n\nRUIZ: It is old. We watch it day and night.\n\n"
        "BERG: Thank you.\n\nThe programme ended at noon."
    )
    assert [(source, content) for source, _, content in said(extract(text))] == [
        ("BERG", ("Is the bridge safe?",)),
        ("RUIZ", ("It is old. We watch it day and night.",)),
        ("BERG", ("Thank you.",)),
    ]


def test_who_is_quoted_is_none_of_those_whom_he_names(extract: Extract) -> None:
    analysis = extract('The headmaster was called on Friday. "They would kill one boy a day," he told the paper.')
    [told] = [a for a in analysis.attributions if a.direct]
    assert told.source is not None and told.source.mention is not None
    chain = analysis.chain_of[told.source.mention]
    assert chain is not None and analysis.chains[chain].name == "headmaster"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # what stands behind a semicolon or gives its own source is no part of it
        ("Peru rejected the plan; Ana Ruiz called it “useless as it stands”.", None),
        (
            "The bank is expected to leave rates alone on Thursday, according to a poll of economists.",
            "The bank is expected to leave rates alone on Thursday",
        ),
        # what is said begins with its first word
        ("Of the sum that was promised last year, only half had been paid, Ana Ruiz said.", "Of the sum"),
    ],
)
def test_what_is_said_is_whole_and_no_more(extract: Extract, text: str, content: str | None) -> None:
    found = said(extract(text))
    if content is None:
        assert all("useless" not in " ".join(words) for source, _, words in found if source == "Peru")
    else:
        assert any(words[0].startswith(content) for _, _, words in found)
        assert not any("according" in word for _, _, words in found for word in words)


def test_who_is_asked_does_not_ask(extract: Extract) -> None:
    found = said(extract('Asked whether he would resign, Tom Berg said: "Never."'))
    assert [(source, content) for source, _, content in found] == [
        ("", ("he would resign",)),
        ("Tom Berg", ('"Never."',)),
    ]


def test_danger_is_no_figure(extract: Extract) -> None:
    assert said(extract("The strike put lives at risk.")) == []


def test_a_colon_alone_names_no_speaker(extract: Extract) -> None:
    assert said(extract("Correction: The bridge has four lanes, not three.")) == []


def test_quotations_may_be_signed(extract: Extract) -> None:
    found = said(extract("“The bridge was our pride.” — Ana Ruiz"))
    assert found == [("Ana Ruiz", "—", ("“The bridge was our pride.”",))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "go home" and left.', ['"go home"']),
        ("He said “go home” and left.", ["“go home”"]),
        ("He said „go home“ and left.", ["„go home“"]),
        ("He said «go home» and left.", ["«go home»"]),
        ("He said »go home« and left.", ["»go home«"]),
        ("He said ‹go home› and left.", ["‹go home›"]),
        ("He said ‘go home’ and left.", ["‘go home’"]),
        ("He said 'go home' and left.", ["'go home'"]),
        ("He said ``go home'' and left.", ["``go home''"]),
        ("He said ''go home'' and left.", ["''go home''"]),
        ("He said ”go home” and left.", ["”go home”"]),
        ('He said “go home" and left.', ['“go home"']),
        # apostrophes, inches and plurals are no quotations
        ("It's the workers' fault, isn't it?", []),
        ("‘The workers’ rights are sacred,’ she said.", ["‘The workers’ rights are sacred,’"]),
        ("In the '90s they didn't stop at O'Neill's.", []),
        ('The screen is 27" wide.', []),
        # unbalanced ones end with their paragraph, or where the next one begins
        ('"It is over.\n\nHe left.', ['"It is over.']),
        ('"It is over.\n\n"We go home," he said.', ['"It is over.', '"We go home,"']),
        ('"It is over. "We go home," he said.', ['"It is over.', '"We go home,"']),
        ('go home," he said. "Now."', ['"Now."']),
        # quotations within quotations are part of them
        ('"He told us “no” and left," she said.', ['"He told us “no” and left,"']),
        ('"He told us "no" and left," she said.', ['"He told us "no" and left,"']),
    ],
)
def test_quotation_marks_of_every_kind(text: str, quoted: list[str]) -> None:
    assert [text[q.begin : q.end] for q in find_quotations(text)] == quoted


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "‘’", "''"])
def test_marks_do_not_change_the_speaker(extract: Extract, marks: str) -> None:
    quotation = f"{marks[0]}The bridge is closed,{marks[1]}"
    assert said(extract(f"{quotation} Ana Ruiz said.")) == [("Ana Ruiz", "said", (quotation,))]


@pytest.mark.parametrize("text", ["How many according to", "390 men were freed, according to"])
def test_a_text_that_breaks_off_behind_its_cue_has_no_source_there(extract: Extract, text: str) -> None:
    assert not [one for one in extract(text).attributions if one.cue.end == len(text)]


def test_who_stands_between_the_closing_mark_and_the_cue_says_it(extract: Extract) -> None:
    [(source, _, words)] = said(extract('"We have not ruled anything out," its director, Sal Moretti, said.'))
    assert source.startswith("its director")
    assert words == ('"We have not ruled anything out,"',)
