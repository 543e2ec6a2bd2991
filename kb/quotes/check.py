"""Compare the quotations of a draft with stored texts, and decide a verdict on each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kb.domain.passages import Entry
from kb.quotes.differences import Alignment, aligned, is_word, words_of
from kb.quotes.nouns import Checked, Fold, Found, Quotation, QuoteReport, Verdict
from kb.quotes.originals import Original, Originals, Text
from kb.quotes.patterns import FOLDS, find, pattern, trimmed
from kb.text.analysis import name_key

MAX_QUOTATIONS = 3000
MIN_WORDS = 4  # in a quotation; a shorter one may be a common phrase
AROUND = 200  # characters of stored text before and after a passage that is aligned
MAX_GOES_ON = 80  # characters shown of the words that were cut off
MAX_ALIGNED_PASSAGES = 12
MAX_PLACES = 20  # of a quotation in one text

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
    r"|ni|nadie|ning[uú]n|sin|salvo|excepto|pero|s[oó]lo|solamente)\b|n['’]t\b",
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
    """Check the first MAX_QUOTATIONS quotations, and return their verdicts in order."""
    every, quotations = quotations, quotations[:MAX_QUOTATIONS]
    titles = _titles(quotations, originals)
    documents = originals.all_documents()
    found = tuple(
        _checked(one, originals, documents)
        for index, one in enumerate(quotations)
        if index not in titles
    )
    return QuoteReport(
        quotations=found,
        titles=len(titles),
        left_out=len(every) - len(quotations),
        has_originals=not originals.is_empty,
        generation=originals.reader.manifest.generation,
    )


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
    named = [one for one in documents if _has(quotation, _titles_of(one))]
    is_attributed = bool(
        named
        or _PAGE.search(quotation.context)
        or _is_sourced(quotation)
        or any(_has(quotation, _authors_of(one)) for one in documents)
    )
    checked = Checked(quotation=quotation, verdict="not-found", is_attributed=is_attributed)
    if sum(map(is_word, words_of(quotation.text))) < MIN_WORDS:
        return checked.model_copy(update={"verdict": "too-short"})
    passages = [] if originals.is_empty else originals.passages(quotation.text)
    sources = [originals.document(one.document_id) for one in named]
    candidates = [*sources, *(one for one in originals.candidates(passages) if one not in sources)]
    for some, former in ((sources, False), (candidates, False), (candidates, True)):
        if match := _matched(quotation, some, originals, former=former):
            return _decided(checked, match, named)
    if nearest := _nearest(quotation.text, passages, candidates, originals):
        match, alignment = nearest
        return _result(checked, "differs", match).model_copy(update={"changes": alignment.changes})
    if _is_ours(quotation.text, originals):
        return checked.model_copy(update={"verdict": "not-checkable"})
    return checked


def _is_sourced(quotation: Quotation) -> bool:
    """Return whether the text around a quotation has a year, a URL, `ibid` or a citation key."""
    around = quotation.context.replace(quotation.text, " ")
    return bool(re.search(r"https?://|\b(?:19|20)\d\d\b|\bibid\b|@[\w-]+", around, re.IGNORECASE))


def _has(quotation: Quotation, names: Iterable[str]) -> bool:
    """Return whether one of the names stands, as whole words, in the context of a quotation."""
    around = " ".join(quotation.context.replace(quotation.text, " ").split())
    return any(
        re.search(rf"(?<!\w){re.escape(' '.join(name.split()))}(?!\w)", around, re.IGNORECASE)
        for name in names
    )


def _titles_of(entry: Entry) -> Iterator[str]:
    """Yield the names by which a draft says that it quotes this document."""
    yield entry.document_id
    if entry.source.title and len(entry.source.title) >= MIN_TITLE_CHARACTERS:
        yield entry.source.title


def _authors_of(entry: Entry) -> Iterator[str]:
    """Yield the names of people and organizations that may have written several documents."""
    yield from entry.source.organization
    yield from (one.family or str(one) for one in entry.source.author)


def _matched(
    quotation: Quotation, documents: Sequence[Original], originals: Originals, *, former: bool
) -> Match | None:
    """Return the best match under the first fold that finds a quotation, or None.

    Earlier versions of the documents are searched if `former` is true, otherwise the latest ones.
    """
    for fold in FOLDS:
        expression = pattern(quotation.text, fold)
        if expression is None:
            return None
        for original in documents:
            for one in _texts(original, originals):
                if one.is_latest != former:
                    found = [
                        Match(original, one, fold, *each.span(), each.groups(""))
                        for each in islice(find(expression, one.text), MAX_PLACES)
                    ]
                    if found:
                        return min(found, key=lambda match: _faults(quotation, match))
    return None


def _faults(quotation: Quotation, match: Match) -> int:
    """Return how many faults a match has; of several places, the one without faults counts."""
    return bool(_cut_off(quotation.text, match)) + bool(_other_page(quotation, match))


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
        original, latest = by_id.get(entry.document_id), originals.latest(entry)
        if original is None or latest is None or not entry.locator:
            continue
        begin = max(0, (entry.locator.start or 0) - AROUND)
        found = aligned(text, latest.text[begin : (entry.locator.end or 0) + AROUND])
        if found and (best is None or found.aligned > best[1].aligned):
            match = Match(original, latest, "none", begin + found.start, begin + found.end)
            best = match, found
    return best


def _decided(checked: Checked, match: Match, named: Sequence[Entry]) -> Checked:
    """Return the result for words that stand in a source."""
    if not match.text.is_latest:
        return _result(checked, "other-edition", match)
    if goes_on := _cut_off(checked.quotation.text, match):
        return _result(checked, "cut-short", match).model_copy(update={"goes_on": goes_on})
    other = _other_page(checked.quotation, match)
    if named and match.original.entry.document_id not in {one.document_id for one in named}:
        other = named[0].source.title or named[0].document_id
    if other:
        return _result(checked, "other-place", match).model_copy(update={"named": other})
    return _result(checked, "exact", match)


def _cut_off(quotation: str, match: Match) -> str:
    """Return the words of the source that limit or negate a quotation but are left out, or ""."""
    for omitted in match.omitted:
        if _TURNS.search(omitted) and not re.search(r"[.!?]\s", omitted):
            return " ".join(omitted.split())[:MAX_GOES_ON]
    text = match.text.text
    after = text[match.end : match.end + AROUND]
    before = text[max(0, match.start - AROUND) : match.start]
    marks_end = re.search(r"(?:…|\.\s?\.\s?\.|\])\W*$", quotation)
    if not marks_end and _LIMITS.match(after):
        rest = re.split(r"(?<=[.!?])\s", after)[0]  # to the end of the sentence
        return " ".join(rest.split())[:MAX_GOES_ON]
    sentence = re.split(r"[.!?;:]\s|\n\s*\n", before)[-1]
    if not re.match(r"\W*(?:…|\.\s?\.\s?\.|\[)", quotation) and _DENIALS.search(sentence):
        return " ".join(sentence.split())[-MAX_GOES_ON:]
    return ""


def _other_page(quotation: Quotation, match: Match) -> str:
    """Return the page that the draft names if the words are on others, or ""."""
    page, pages = _page_after(quotation), _pages(match)
    return f"p. {min(page)}" if page and pages and not page & pages else ""


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
    """Return the page numbers of the passages where a match begins and ends.

    The set is empty unless printed numbers are known, for drafts name those. Where they are, the
    number of a page in the file counts as well.
    """
    found: set[int] = set()
    for at in (match.start, max(match.start, match.end - 1)):
        passage = match.original.passage_at(at)
        locator = passage.locator if passage else None
        numbers = [int(one) for one in _NUMBER.findall(locator.page or "")] if locator else []
        if locator and numbers:
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
        any(find(expression, f"{entry.own_title}\n{entry.text}"))
        for entry in originals.own_words(text)
        for expression in expressions
    )
