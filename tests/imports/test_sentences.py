"""The boundaries of sentences."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.text import sentences as module
from kb.text.sentences import sentences

# Characters and words on which splitters of sentences go wrong.
PIECES = st.sampled_from(
    [
        *"aAéÑ1 .?!\"'()“”«»…;:–$§º漢ا¿¡\u00a0\u2028\u0300\ud800\n\x85",
        *("U.S. ", "No. ", "Dr. ", "EE. UU. ", "1. ", "(a) ", "$1.5 ", "etc. ", "“A. B.” "),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@given(TEXTS, st.sampled_from(["en", "es", "fr", "xx"]))
@example("\u00a0A\u00a0. B", "en")
def test_spans_cover_everything_but_white_space(text: str, language: str) -> None:
    """Spans are in order, begin and end with a character, and leave out only white space."""
    place = 0
    for start, end in sentences(text, language):
        assert place <= start < end
        assert text[place:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        place = end
    assert text[place:].strip() == ""


@given(TEXTS)
def test_a_text_longer_than_a_window_is_split_completely(text: str) -> None:
    """A text longer than a window loses no character and gains none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WINDOW", 16)
        found = sentences(text * 3)

    kept = "".join((text * 3)[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join((text * 3).split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The U.S. Senate met.", "It sat late."]),
        ("en", ["See Sec. 3 and No. 12.", "They cost $1.5 million."]),
        ("en", ["Dr. Ruiz and Mrs. Lee came at 5 p.m. on Monday.", "They left."]),
        ("en", ["1. End cash bail.", "2. Fund schools."]),
        ("en", ["(a) Repeal the act.", "(b) Pay the fine."]),
        ("en", ["Is it public?", "No. 5 is not.", "Vol. 3 is."]),
        ("en", ["“Why now?” she asked.", "Nobody knew."]),
        ("en", ["Is there one?", "No.", "We asked."]),
        ("es", ["Los EE. UU. firmaron.", "El Sr. Paz no vino."]),
        ("es", ["El art. 5 de la ley núm. 12 cuesta $1.5 millones.", "¿Quién paga?", "¡Nadie!"]),
        ("es", ["La Dña. Ana leyó el n.º 4.", "Se aprobó."]),
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(language: str, expected: list[str]) -> None:
    """Sentences that are joined with spaces are split again at the same places."""
    text = " ".join(expected)

    assert [text[start:end] for start, end in sentences(text, language)] == expected
