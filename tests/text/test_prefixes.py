"""Words are found by their beginnings, also if the typed word is misspelled."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kb.text.prefixes import SortedWords, Span, edits_allowed
from tests.strategies import examples

# Few letters, so that words are often near each other.
WORDS = st.text("abc", min_size=1, max_size=12)
VOCABULARY = st.lists(WORDS, max_size=40)


def covered(known: SortedWords, spans: list[Span]) -> dict[str, int]:
    """Return each word in the spans with its edits; a later span replaces an earlier one."""
    return {word: span.edits for span in spans for word in known.words[span.start : span.end]}


def nearest(typed: str, beginnings: list[str]) -> int:
    """Return the least edit distance between the typed word and any of the beginnings."""
    return min(OSA.distance(typed, one) for one in beginnings)


@given(words=VOCABULARY, typed=WORDS)
@examples(200)
def test_a_prefix_finds_the_words_that_begin_with_it(words: list[str], typed: str) -> None:
    """A prefix finds exactly the words that begin with it; a whole word finds only itself."""
    known = SortedWords(words)

    assert set(covered(known, [known.beginning(typed)])) == {
        word for word in words if word.startswith(typed)
    }
    assert set(covered(known, [known.equal(typed)])) == {word for word in words if word == typed}


@given(words=VOCABULARY, typed=WORDS)
@examples(200)
def test_a_misspelled_word_finds_the_words_near_it(words: list[str], typed: str) -> None:
    """Words with the same first letter are found with their least edits, up to the limit."""
    known, most = SortedWords(words), edits_allowed(typed)
    same = [word for word in words if word[0] == typed[0]]
    whole = {word: nearest(typed, [word]) for word in same}
    begun = {word: nearest(typed, [word[:n] for n in range(1, len(word) + 1)]) for word in same}

    assert covered(known, known.near(typed)) == {w: n for w, n in whole.items() if n <= most}
    assert covered(known, known.beginning_near(typed)) == {
        word: edits for word, edits in begun.items() if edits <= most
    }
