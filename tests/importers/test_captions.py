"""VTT and SRT: words, times and speakers, with each word once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Block, Extracted
from indexer.importers.captions.extract import timestamp
from kb.errors import UnreadableError
from tests.importers.files import read, texts

NOTE = "NOTE nobody says this\nnor this"


def srt(*cues: str, seconds: int = 2, gap: int = 0) -> str:
    """Return SRT with these cues, one after the other."""
    step = seconds + gap
    return "\n\n".join(
        f"{at + 1}\n{_srt_time(at * step)} --> {_srt_time(at * step + seconds)}\n{cue}"
        for at, cue in enumerate(cues)
    )


def vtt(*cues: str, header: str = "WEBVTT") -> str:
    """Return WebVTT with these cues of two seconds each."""
    times = (f"{timestamp(at * 2000)} --> {timestamp(at * 2000 + 2000)}" for at in range(len(cues)))
    pairs = (f"{time}\n{cue}" for time, cue in zip(times, cues, strict=True))
    return "\n\n".join([header, *pairs]) + "\n"


def _srt_time(seconds: int) -> str:
    return timestamp(seconds * 1000).replace(".", ",")


def said(extracted: Extracted) -> list[tuple[str | None, str]]:
    """Return the speaker and the text of each block."""
    return [(block.speaker, block.text) for block in extracted.blocks]


def at(block: Block, time: str) -> str:
    """Return the text of a block from the mark with this timestamp."""
    return next(block.text[mark.start :] for mark in block.marks if mark.timestamp == time)


def test_facts_of_webvtt_speakers(shared_documents: Path, tmp_path: Path) -> None:
    """As the manifest says: the first cue is at 00:11.000 by Roger Bingham; notes are no text."""
    path = shared_documents / "webvtt-speakers.vtt"
    found = read(tmp_path, path.name, path.read_bytes())

    first = found.blocks[0]
    assert first.marks[0].timestamp == "00:00:11.000"
    assert first.speaker == "Roger Bingham"
    assert first.text.startswith("We are in New York City")
    assert not any("Copyright" in text for text in texts(found))
    assert {block.speaker for block in found.blocks} == {"Roger Bingham", "Neil deGrasse Tyson"}


def test_facts_of_cc_shared_culture(shared_documents: Path, tmp_path: Path) -> None:
    """As the manifest says: cue numbers are no words, and the first cue is at 00:00:00.000."""
    path = shared_documents / "cc-shared-culture-en.vtt"
    found = read(tmp_path, path.name, path.read_bytes())

    first = found.blocks[0]
    assert first.marks[0].timestamp == "00:00:00.000"
    assert first.marks[1].timestamp == "00:00:05.000"
    assert first.text[: first.marks[1].start].strip().startswith("What does it mean to be human")
    assert not any(word.isdecimal() and len(word) < 3 for word in first.text.split())
    assert found.minutes == 4


def test_only_speech_is_kept(tmp_path: Path) -> None:
    """Notes, styles, regions, ids, settings and markup are left out; sounds stay in brackets."""
    header = f"WEBVTT\nKind: captions\nLanguage: es\n\n{NOTE}\n\nSTYLE\n::cue {{}}\n\nREGION\nid:a"
    cue = "<c.yellow.bg><i>Rents</i></c> &amp; <00:00:01.000>wages <ruby>漢<rt>kan</rt></ruby>"
    found = read(tmp_path, "a.vtt", vtt(f"{cue}\n♪ ♪\n[APPLAUSE]", header=header))

    assert texts(found) == ["Rents & wages 漢 [APPLAUSE]"]
    assert found.language == "es"
    assert found.blocks[0].speaker is None


def test_every_cue_has_a_mark_where_its_words_begin(tmp_path: Path) -> None:
    """The mark of a cue is at the first character of its words."""
    found = read(tmp_path, "a.srt", srt("We begin now.", "{\\an8}<b>Rents</b> have doubled."))

    (block,) = found.blocks
    assert block.text == "We begin now. Rents have doubled."
    assert at(block, "00:00:02.000") == "Rents have doubled."
    assert found.format == "srt"
    assert found.minutes == 1


def test_a_paragraph_ends_with_its_speaker_at_a_pause_and_at_its_limit(
    tmp_path: Path,
) -> None:
    """A paragraph ends with its speaker, at a pause, or at a sentence end when it is long."""
    long = "Sentence {} has as many words as a person says in the time of one cue on a screen."
    turns = read(tmp_path, "a.vtt", vtt("<v Ana>One", "<v Ana>two", "<v Bo>three"))
    grown = read(tmp_path, "b.srt", srt(*map(long.format, range(12))))
    paused = read(tmp_path, "c.srt", srt("one", "two", gap=10))

    assert said(turns) == [("Ana", "One two"), ("Bo", "three")]
    assert len(grown.blocks) > 1
    assert all(block.text.endswith(".") for block in grown.blocks)
    assert texts(paused) == ["one", "two"]


def test_paragraphs_without_full_stops_are_bounded(tmp_path: Path) -> None:
    """Captions without sentences are split into paragraphs of bounded length."""
    found = read(tmp_path, "a.srt", srt(*(f"some words {at} more words" for at in range(200))))

    assert max(len(block.text) for block in found.blocks) < 1000


def test_words_of_rolling_captions_are_kept_once(tmp_path: Path) -> None:
    """YouTube repeats the line before in each cue; every word is kept once, at its own time."""
    cues = [
        " \nwelcome<00:00:00.480><c> to</c><c> the</c>",
        "welcome to the\n ",
        "welcome to the\ncity<c> council</c>",
        "city council\n ",
        "city council\nno<c> no</c><c> no</c>",
    ]
    found = read(tmp_path, "a.vtt", vtt(*cues))

    (block,) = found.blocks
    assert block.text == "welcome to the city council no no no"
    assert at(block, "00:00:04.000") == "city council no no no"


def test_lines_that_grow_word_by_word_are_kept_once(tmp_path: Path) -> None:
    """Live captions that repeat a line with one more word give the line once."""
    found = read(tmp_path, "a.srt", srt("we", "we demand", "we demand housing", "now\nfor all"))

    assert texts(found) == ["we demand housing now for all"]


def test_what_is_said_twice_stays_twice(tmp_path: Path) -> None:
    """Repeated words of a chant are not taken for rolling captions."""
    chant = ["Whose streets?", "Our streets!", "No justice", "No justice", "no peace"]
    speech = ["No", "No more", "than this", "and so", "on", "on we go", "to", "the", "end"]

    for cues in (chant, speech):
        assert " ".join(texts(read(tmp_path, "a.srt", srt(*cues)))) == " ".join(cues)


KARAOKE = "So first we ask the board to open the books."


def karaoke(mark: str, *, plain: bool) -> list[str]:
    """Return cues that repeat a sentence, each with another word marked, or also unmarked."""
    words = KARAOKE.split()
    cues = []
    for at, word in enumerate(words):
        marked = mark.replace("WORD", word)
        cues += [" ".join([*words[:at], marked, *words[at + 1 :]])] + [KARAOKE] * plain
    return cues


@pytest.mark.parametrize(
    "mark",
    ["<u>WORD</u>", "<c.yellow>WORD</c>", "<font color='#f'>WORD</font>", "<00:00:00.500>WORD"],
)
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_a_sentence_that_is_marked_word_by_word_is_kept_once(
    tmp_path: Path, name: str, mark: str, plain: bool
) -> None:
    """Karaoke captions repeat a sentence for each of its words; it is kept once."""
    cues = [*karaoke(mark, plain=plain), "Thank you.", "Thank you."]
    found = read(tmp_path, name, srt(*cues) if name == "a.srt" else vtt(*cues))

    assert " ".join(texts(found)) == f"{KARAOKE} Thank you. Thank you."


def test_equal_cues_in_a_short_time_are_one(tmp_path: Path) -> None:
    """Equal cues that are shorter than the time to say them are kept once."""
    times = ((at * 200, at * 200 + 200) for at in range(9))
    cues = (
        f"{at}\n{timestamp(start)} --> {timestamp(end)}\n{KARAOKE}"
        for at, (start, end) in enumerate(times, 1)
    )

    assert texts(read(tmp_path, "a.srt", "\n\n".join(cues))) == [KARAOKE]


def test_two_people_who_say_the_same_say_it_twice(tmp_path: Path) -> None:
    """Equal words of two speakers stay, and so does a repeated line in italics."""
    turns = read(tmp_path, "a.vtt", vtt("<v Ana>I <i>do</i>", "<v Bo>I do"))
    chant = read(tmp_path, "b.vtt", vtt("No justice", "<i>No justice</i>", "no peace"))

    assert said(turns) == [("Ana", "I do"), ("Bo", "I do")]
    assert texts(chant) == ["No justice No justice no peace"]


def test_names_before_the_words_are_speakers_where_a_file_uses_them(tmp_path: Path) -> None:
    """`>> NAME:` and `Name: ` give the speaker where the file uses them throughout."""
    council = srt(">> MAYOR SCHAAF: Thank you.", "We begin.", ">> Hello.", ">> MS. BAS: I move")
    meeting = srt("Jane Doe: Hello: all.", "Bo: hi", "Jane Doe: bye", "Ana de la Cruz: adios")

    assert said(read(tmp_path, "a.srt", council)) == [
        ("MAYOR SCHAAF", "Thank you. We begin."),
        (None, "Hello."),
        ("MS. BAS", "I move"),
    ]
    assert said(read(tmp_path, "b.srt", meeting)) == [
        ("Jane Doe", "Hello: all."),
        ("Bo", "hi"),
        ("Jane Doe", "bye"),
        ("Ana de la Cruz", "adios"),
    ]


def test_a_colon_in_speech_makes_no_speaker(tmp_path: Path) -> None:
    """Words before a colon stay in the text where the file does not name speakers."""
    cues = ["We demand: homes.", "Note: now.", "Again: now.", "[Music]", "HOT: hot.", "Today: a."]
    cues += ["Today: b.", "and so we went on and on.", "and on."]
    found = read(tmp_path, "a.srt", srt(*cues))

    assert {block.speaker for block in found.blocks} == {None}
    assert " ".join(texts(found)) == " ".join(cues)


def test_two_people_in_one_cue_are_apart(tmp_path: Path) -> None:
    """A dash begins another speaker without a name; both have the time of the cue."""
    found = read(tmp_path, "a.srt", srt("- Hi there.\n- Hello."))

    assert said(found) == [(None, "Hi there."), (None, "Hello.")]
    assert [block.marks[0].timestamp for block in found.blocks] == ["00:00:00.000"] * 2


def test_common_errors_of_programs_are_tolerated(tmp_path: Path) -> None:
    """Empty first lines, missing numbers and hours, and wrong decimal marks are read."""
    numberless = "\n\n00:00:01.5 --> 00:00:02,5 X1:40\nHi\n\n\n00:00:03,000 --> 00:00:04,000\n1999"
    commas = "\ufeffWEBVTT\n\n01,000 --> 02,000\nlost\n\n00:01,000 --> 00:02,000 align:left\nHi\n"

    assert texts(read(tmp_path, "a.srt", numberless)) == ["Hi 1999"]
    found = read(tmp_path, "b.vtt", commas)
    assert texts(found) == ["Hi"]
    assert [remark.place for remark in found.remarks] == ["line 3"]


def test_a_time_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    """A cue with an invalid time is a remark with its line; the other cues are read."""
    found = read(
        tmp_path, "a.vtt", "\n\n" + vtt("One", "Two") + "\nxx --> 00:09.000\nlost\n\n" + NOTE
    )

    assert texts(found) == ["One Two"]
    assert [remark.place for remark in found.remarks] == ["line 11"]


@pytest.mark.parametrize("content", ["WEBVTT\n", f"WEBVTT\n\n{NOTE}\n", vtt("<i></i>"), "nothing"])
def test_no_words_is_an_error(tmp_path: Path, content: str) -> None:
    """A file without words in its cues raises UnreadableError with its name."""
    with pytest.raises(UnreadableError, match=r"a\.vtt"):
        read(tmp_path, "a.vtt", content)


WORDS = st.lists(
    st.text("abcdefghijklmnñopqrstuvwxyzé漢字مرح", min_size=1, max_size=8), min_size=1, max_size=6
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=12, unique=True), st.booleans())
def test_every_cue_is_kept_at_its_time(
    tmp_path_factory: pytest.TempPathFactory, cues: list[str], web: bool
) -> None:
    """All words of the cues are kept in order, with a mark at the first character of each cue."""
    cues = [f"{number}x {cue}" for number, cue in enumerate(cues)]
    folder = tmp_path_factory.getbasetemp()
    found = read(folder, "a.vtt" if web else "a.srt", vtt(*cues) if web else srt(*cues))

    assert " ".join(texts(found)) == " ".join(cues)
    times = [mark.timestamp for block in found.blocks for mark in block.marks]
    assert times == [timestamp(number * 2000) for number in range(len(cues))]
    for number, cue in enumerate(cues):
        time = timestamp(number * 2000)
        block = next(one for one in found.blocks if time in {mark.timestamp for mark in one.marks})
        assert at(block, time).startswith(cue)
