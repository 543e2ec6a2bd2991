"""Compare the quotations of a draft with stored texts, and decide a verdict on each."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.passages import Entry
from kb.quotes.differences import Alignment, aligned, is_word, words_of
from kb.quotes.nouns import Checked, Fold, Found, Quotation, QuoteReport, Verdict
from kb.quotes.originals import Original, Originals, Text
from kb.quotes.patterns import FOLDS, find, pattern, trimmed
from kb.text.analysis import name_key

MIN_WORDS = 4  # in a quotation; a shorter one may be a common phrase
AROUND = 200  # characters of stored text before and after a passage that is aligned
MAX_GOES_ON = 80  # characters shown of the words that were cut off
MAX_ALIGNED_PASSAGES = 12

# Words with which a source limits or retracts the words before them.
_LIMITS = re.compile(
    r"[\s,;:)\"”»]*(?:[-–—]+\s*)?(?:but|except|unless|only (?:if|when|for|after|where)|if|provided"
    r"|until|however|although|though|other than|subject to|(?:as|so) long as|pero|salvo|excepto"
    r"|a menos que|s[oó]lo (?:si|cuando|para)|siempre (?:que|y cuando)|si|sin embargo|aunque"
    r"|hasta que|con excepci[oó]n|mientras)\b",
    re.IGNORECASE,
)
# Words that negate or limit the words after them.
_DENIALS = re.compile(
    r"(?:\b(?:not|never|no longer|nobody|no one|neither|nor|cannot|without|nunca|jam[aá]s|nadie|ni"
    r"|sin|no|almost|nearly|hardly|barely|scarcely|up to|at (?:most|least)|(?:less|fewer|more) than"
    r"|casi|apenas|al menos|a lo sumo|(?:menos|m[aá]s) de)|n['’]t)\s+(?:to\s+)?[\"“«]?$",
    re.IGNORECASE,
)
# Words whose omission changes the meaning of a sentence, even if the omission is marked.
_TURNS = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|none|cannot|without|except|unless|but|only|nunca|jam[aá]s"
    r"|no|ni|nadie|ning[uú]n|sin|salvo|excepto|pero|s[oó]lo|solamente)\b|n['’]t\b",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:pages?|pp?\.?|p[aá]gs?\.?|p[aá]ginas?)\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
MIN_TITLE_CHARACTERS = 8  # shorter titles and names also occur by chance


class Match(NamedTuple):
    """The place in a stored text where a quotation was found under a fold."""

    original: Original
    text: Text
    fold: Fold
    start: int
    end: int
    omitted: tuple[str, ...] = ()  # stored text in place of each marked omission or insertion


def check(quotations: Sequence[Quotation], originals: Originals) -> QuoteReport:
    """Check quotations, and return their verdicts in the order of the draft."""
    titles = _titles(quotations, originals)
    documents = originals.all_documents()
    found = tuple(
        _checked(one, originals, documents)
        for index, one in enumerate(quotations)
        if index not in titles
    )
    generation = originals.reader.manifest.generation
    return QuoteReport(quotations=found, titles=len(titles), generation=generation)


def _titles(quotations: Sequence[Quotation], originals: Originals) -> set[int]:
    """Return the positions of the quotations that are the title of an indexed document."""
    names = [name_key(trimmed(one.text)) for one in quotations]
    reader = originals.reader
    titles = {
        name
        for name, keys in reader.named(sorted(set(names))).items()
        if any(entry.kind == "summary" for entry in reader.fetch(keys))
    }
    return {index for index, name in enumerate(names) if name in titles}


def _checked(quotation: Quotation, originals: Originals, documents: Sequence[Entry]) -> Checked:
    named = _named(quotation, documents)
    is_attributed = bool(named) or bool(_PAGE.search(quotation.context)) or _is_sourced(quotation)
    checked = Checked(quotation=quotation, verdict="not-found", is_attributed=is_attributed)
    if sum(map(is_word, words_of(quotation.text))) < MIN_WORDS:
        return checked.model_copy(update={"verdict": "too-short"})
    passages = [] if originals.is_empty else originals.passages(quotation.text)
    candidates = originals.candidates(passages)
    candidates.sort(key=lambda one: one.entry.document_id not in {n.document_id for n in named})
    if match := _matched(quotation.text, candidates, originals, former=False):
        return _exact(checked, match, named)
    if match := _matched(quotation.text, candidates, originals, former=True):
        return _result(checked, "other-edition", match)
    if nearest := _nearest(quotation.text, passages, candidates, originals):
        match, alignment = nearest
        result = _result(checked, "differs", match)
        return result.model_copy(update={"changes": alignment.changes, "fold": "none"})
    if _is_ours(quotation.text, originals):
        return checked.model_copy(update={"verdict": "not-checkable"})
    return checked


def _is_sourced(quotation: Quotation) -> bool:
    """Return whether the text around a quotation has a year, a URL, `ibid` or a citation key."""
    around = quotation.context.replace(quotation.text, " ")
    return bool(re.search(r"https?://|\b(?:19|20)\d\d\b|\bibid\b|@[\w-]+", around, re.IGNORECASE))


def _named(quotation: Quotation, documents: Sequence[Entry]) -> list[Entry]:
    """Return the imported documents whose title, author or id is in the context of a quotation."""
    around = " ".join(quotation.context.replace(quotation.text, " ").casefold().split())
    return [one for one in documents if any(name in around for name in _names(one))]


def _names(entry: Entry) -> Iterator[str]:
    source = entry.source
    yield entry.document_id
    for one in (source.title, *source.organization, *(a.family or str(a) for a in source.author)):
        name = " ".join(one.casefold().split())
        if len(name) >= MIN_TITLE_CHARACTERS or one in {a.family for a in source.author}:
            yield name


def _matched(
    text: str, candidates: Sequence[Original], originals: Originals, *, former: bool
) -> Match | None:
    """Return the match under the first fold that finds a quotation in a document, or None.

    Earlier versions of the documents are searched if `former` is true, otherwise the latest ones.
    """
    for fold in FOLDS:
        expression = pattern(text, fold)
        if expression is None:
            return None
        for original in candidates:
            for one in _texts(original, originals):
                if one.is_latest != former and (found := find(expression, one.text)):
                    return Match(original, one, fold, *found.span(), found.groups(""))
    return None


def _texts(original: Original, originals: Originals) -> Sequence[Text]:
    document = original.entry.document
    return originals.texts(original.entry.document_id, document.shelf or "")


def _nearest(
    text: str, passages: Sequence[Entry], candidates: Sequence[Original], originals: Originals
) -> tuple[Match, Alignment] | None:
    """Return the stretch of stored text nearest to a quotation, and their alignment, or None."""
    by_id = {one.entry.document_id: one for one in candidates}
    best: tuple[Match, Alignment] | None = None
    for entry in passages[:MAX_ALIGNED_PASSAGES]:
        original = by_id.get(entry.document_id)
        latest = next(iter(_texts(original, originals)), None) if original else None
        if original is None or latest is None or not latest.is_latest or not entry.locator:
            continue
        begin = max(0, (entry.locator.start or 0) - AROUND)
        found = aligned(text, latest.text[begin : (entry.locator.end or 0) + AROUND])
        if found and (best is None or found.aligned > best[1].aligned):
            match = Match(original, latest, "none", begin + found.start, begin + found.end)
            best = match, found
    return best


def _exact(checked: Checked, match: Match, named: Sequence[Entry]) -> Checked:
    """Return the result for words found in a source: cut-short, other-place or exact."""
    if goes_on := _cut_off(checked.quotation.text, match):
        return _result(checked, "cut-short", match).model_copy(update={"goes_on": goes_on})
    result = _result(checked, "exact", match)
    if other := _other_place(checked.quotation, match, named):
        return result.model_copy(update={"verdict": "other-place", "named": other})
    return result


def _cut_off(quotation: str, match: Match) -> str:
    """Return the words of the source that limit or negate a quotation but are left out, or ""."""
    for omitted in match.omitted:
        if _TURNS.search(omitted) and not re.search(r"[.!?]\s", omitted):
            return " ".join(omitted.split())[:MAX_GOES_ON]
    text = match.text.text
    after, before = (
        text[match.end : match.end + AROUND],
        text[max(0, match.start - AROUND) : match.start],
    )
    marks_end = re.search(r"(?:…|\.\s?\.\s?\.|\])\W*$", quotation)
    if not marks_end and _LIMITS.match(after):
        rest = re.split(r"(?<=[.!?])\s", after)[0]  # to the end of the sentence
        return " ".join(rest.split())[:MAX_GOES_ON]
    sentence = re.split(r"[.!?;:]\s|\n\s*\n", before)[-1]
    if not re.match(r"\W*(?:…|\.\s?\.\s?\.|\[)", quotation) and _DENIALS.search(sentence):
        return " ".join(sentence.split())[-MAX_GOES_ON:]
    return ""


def _other_place(quotation: Quotation, match: Match, named: Sequence[Entry]) -> str:
    """Return the source or page that the draft names if the words are elsewhere, or ""."""
    if named and match.original.entry.document_id not in {one.document_id for one in named}:
        return named[0].source.title
    page = _page_after(quotation)
    pages = _pages(match)
    if page and pages and not page & pages:
        return f"p. {min(page)}"
    return ""


def _page_after(quotation: Quotation) -> set[int]:
    """Return the first page or page range that is stated after a quotation, or an empty set."""
    at = quotation.context.find(quotation.text)
    found = _PAGE.search(quotation.context, max(0, at) + len(quotation.text))
    if not found:
        return set()
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:  # shortened, such as 123-5
        last = int(found[1][: -len(found[2])] + found[2])
    return set(range(first, last + 1))


def _pages(match: Match) -> set[int]:
    """Return the printed and file page numbers of the passages where a match begins and ends."""
    found: set[int] = set()
    for at in (match.start, max(match.start, match.end - 1)):
        passage = match.original.passage_at(at)
        locator = passage.locator if passage else None
        if locator is None:
            continue
        numbers = [int(one) for one in _NUMBER.findall(locator.page or "")]
        if numbers:
            found |= set(range(numbers[0], numbers[-1] + 1))
        if locator.sheet:
            found |= set(range(locator.sheet, (locator.last_sheet or locator.sheet) + 1))
    return found


def _result(checked: Checked, verdict: Verdict, match: Match) -> Checked:
    passage = match.original.passage_at(match.start) if match.text.is_latest else None
    locator = passage.locator if passage else None
    found = Found(
        document_id=match.original.entry.document_id,
        title=match.original.entry.document.title,
        version=match.text.version,
        start=match.start,
        end=match.end,
        stored=match.text.text[match.start : match.end],
        passage_id=passage.id if passage else None,
        locator=locator.words if locator else "",
    )
    return checked.model_copy(update={"verdict": verdict, "fold": match.fold, "found": found})


def _is_ours(text: str, originals: Originals) -> bool:
    """Return whether a quotation comes from a description in the corpus, not from a source."""
    expressions = [one for fold in FOLDS if (one := pattern(text, fold))]
    return any(
        expression.search(f"{entry.own_title}\n{entry.text}")
        for entry in originals.own_words(text)
        for expression in expressions
    )
