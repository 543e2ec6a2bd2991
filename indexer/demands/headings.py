"""Recognize headings and lines that announce demands, and printed numbers."""

import re

from indexer.demands.bodies import HEAD, bare_name, body_in, level_of, split_body, whole_body
from indexer.demands.words import fill, pattern
from kb.text.list_markers import BULLETS, PRINTED_NUMBER

MAX_HEADING_CHARACTERS = 200  # a longer block is not a heading, even if marked as one
MAX_HEADING_WORDS = 12  # in a line that may be an unmarked heading
MAX_ANNOUNCEMENT_CHARACTERS = 400  # at the end of a paragraph, which may announce a list
MAX_BODY_DISTANCE = 140  # characters before a colon that are searched for a body

_ORDINAL = fill(r"(?:{ordinal}|[ivx]+|\d+(?:\.\d+)?)")
NUMBER = re.compile(
    fill(
        r"^(?:[*•·▪–—-]\s*)?(?:"
        r"{marker}\)?|\d{1,3}(?:\.\d{1,3})+|"
        r"(?i:{numbered_noun}\s+{n})[.:)°º]*[.:–—-]*|(?i:{numbered_word_es})[.:])\s+(?=\S)",
        n=_ORDINAL,
        marker=PRINTED_NUMBER,
    )
)
_BULLET = re.compile(rf"^[*–—{BULLETS}-]\s+")
# The number before the words of a heading: `PART FOUR:`, `4.`, `IV.`
_PREFIX = pattern(
    r"^(?:(?:part|section|chapter|parte|sección|capítulo)\s+{n}\s*[.:–—-]?\s*|"
    r"{marker}\s+|\d{1,2}(?:\.\d{1,2})*\s+)",
    n=_ORDINAL,
    marker=PRINTED_NUMBER,
)
_ABOUT = r"(?:to|for|of|from|on|regarding|al?|a la|a los|a las|para|del?)"
# ADJECTIVE{0,4} DEMANDS [to BODY | for AIM | now]: `Our key | demands | to the Mayor`.
_ASKS = pattern(
    r"^(?:(?:{heading_adjective}|\w+ty|\d+)\s+){0,4}"
    r"(?:(?P<demands>{demands_heading})|{proposals_heading})"
    r"(?P<tail>\s+{about}\s+.{2,80}|\s+(?:now|ahora|\d{4}(?:[-–]\d{2,4})?))?$",
    about=_ABOUT,
)
_TAIL = pattern(r"^\s+(?:to|for|of|from|on|regarding|al?|para|del?)\s+(?P<rest>.+)$")
_AIM = pattern(r"^(?:the\s|our\s|your\s|next\s|la\s|el\s|los\s|las\s)*(?:{heading_aim}|\d{4})")
# `What you can do` ends a section of demands; `What we want` does not.
_ENDS = pattern(
    r"^(?:what (?:you|we|i|they|management|the \w+|others?)\b(?! (?:want|demand|ask|need|propose))|"
    r"part \w+: a dissent|qué\b(?! (?:exigimos|pedimos|queremos|demandamos))|"
    r"{ending_heading}(?!\w))"
)
_PROGRAMME = pattern(r"\b(?:{programme_title}|\d+[- ]point (?:program|plan))\b")
_ADDRESS = pattern(r"^(?:to|al?|para|for)\s+")

# ... ANNOUNCING ...: before a colon.
_ANNOUNCES = pattern(
    r"\b{announcing}\b(?! (?:side|for (?:labor|housing|services)))"
    r"|\b(?:must|should|debe|deben|deberá|deberán)\s*:$"
)
_OF_OTHERS = pattern(r"\b{not_announcing}\s*:$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_DENIES = pattern(r"\b(?:do not|don[’']t|no)\s+(?:demand|ask|exig|ped)|\bwould require\b")
_TO_READERS = pattern(
    r"\b(?:how to|tips|beginners?|your\b|you (?:can|should|may|must|need|will)|people ask|"
    r"questions|we ask (?:that )?(?:you|everyone|all)|please)\b"
)
_THIS_IS_WHAT = pattern(
    r"\b(?:this is|here is|here are|these are|be plain about|let us say|esto es)\b.{0,30}"
    r"\b(?:what we (?:want|are asking|ask|demand|need)|our demands|lo que (?:pedimos|exigimos|"
    r"queremos))\b.{0,40}$"
)
_THE_FOLLOWING = pattern(r"\bfollowing (?:\w+ )?{following}\W*$|\bsiguientes {siguientes}\W*$")
_OUR_DEMANDS = pattern(
    r"\b(?:(?:{demands_noun_before}|\d+)\s(?:\w+\s){0,2}?{demands_noun}|"
    r"qué es lo que (?:piden|exigen|pedimos|exigimos)|(?:siguientes|nuestras|las|\d+|son|estas)\s"
    r"(?:\w+\s)?{demands_noun_es}|demandas ciudadanas|pliego petitorio|"
    r"(?:we|i)\s(?:therefore\s|hereby\s)?demand$|exigimos$|demandamos$)"
)
# ... on BODY [to]:
_LAST_BODY = pattern(
    r"\b(?:upon|on|of|that|from|to|urge|urges|ask|asks|al?|a la|a los|a las|que|de)\s+"
    r"(?P<body>[^,.;:]{2,90}?)(?:\s+(?:to|must|should|shall|a|que|debe|deben|deberá|lo siguiente))?"
    r"\s*:$"
)
_COLONS = (":", " -", " –", " —")


class Heading:
    """A parsed heading: its words, and whether they announce or end a section of demands."""

    def __init__(self, text: str) -> None:
        self.words = _PREFIX.sub("", text[:MAX_HEADING_CHARACTERS].strip()).rstrip(" :.!…")
        match = _ASKS.match(self.words) if len(text) <= MAX_HEADING_CHARACTERS else None
        tail = _TAIL.match(match["tail"]) if match and match["tail"] else None
        self.target = _body(tail["rest"]) if tail else None
        self.is_strong = bool(match and match["demands"])  # announces more than recommendations
        self.asks = bool(match) and (
            tail is None or self.target is not None or bool(_AIM.match(tail["rest"]))
        )
        self.ends = not self.asks and (text.rstrip().endswith("?") or bool(_ENDS.match(self.words)))

    @property
    def body(self) -> str | None:
        """The body, if the heading is only its name: `Al Congreso`, `State legislature`."""
        name = _ADDRESS.sub("", self.words)
        body = _body(name)
        return body if name != self.words or level_of(body) or HEAD.fullmatch(name) else None


def _body(words: str) -> str | None:
    inside = body_in(words)
    return whole_body(words) or (bare_name(inside) if inside and HEAD.search(inside) else None)


def is_programme(title: str) -> bool:
    """Return whether a title is that of a platform, such as `A ten-point program`."""
    return bool(_PROGRAMME.search(title)) and not title.rstrip().endswith("?")


def is_heading_like(text: str) -> bool:
    """Return whether a paragraph may be an unmarked heading: short, and without a period."""
    return (
        len(text) <= MAX_HEADING_CHARACTERS
        and len(text.split()) <= MAX_HEADING_WORDS
        and text[-1] not in ".;,!"
        and not _BULLET.match(text)
        and (_PREFIX.sub("", text) or text)[0].isupper()
    )


def number_end(text: str) -> int:
    """Return the end of the printed number at the start of a text, including whitespace."""
    match = NUMBER.match(text)
    return match.end() if match else 0


def announces_list(text: str) -> bool:
    """Return whether a line ends with a colon after words that announce demands."""
    if not text.endswith(_COLONS):
        return False
    last = _SENTENCE_END.split(text[-MAX_ANNOUNCEMENT_CHARACTERS:].rstrip(" -–—:") + ":")[-1]
    is_other = any(words.search(last) for words in (_OF_OTHERS, _TO_READERS, _DENIES))
    return not is_other and bool(_ANNOUNCES.search(last))


def announces_only(sentence: str) -> bool:
    """Return whether a sentence only announces demands and makes none itself."""
    return sentence.endswith(_COLONS) or bool(_THE_FOLLOWING.search(sentence))


def announces_by_noun(text: str) -> bool:
    """Return whether a line before a list announces demands, as in `These are our demands`."""
    last = text[-MAX_ANNOUNCEMENT_CHARACTERS:]
    return bool(_OUR_DEMANDS.search(last)) and not _TO_READERS.search(last)


def announces_paragraph(text: str) -> bool:
    """Return whether a paragraph ends with `this is what we want` or similar words."""
    return bool(_THIS_IS_WHAT.search(text[-MAX_ANNOUNCEMENT_CHARACTERS:]))


def announced_body(text: str) -> str | None:
    """Return the body named before a colon, as in `We call on the City Council to:`."""
    for start in range(len(text) - 2, max(-1, len(text) - MAX_BODY_DISTANCE), -1):
        match = _LAST_BODY.match(text, start)
        if match and (start == 0 or not text[start - 1].isalnum()):
            name = match["body"]
            is_name = name.istitle() and " " not in name
            body = body_in(name) or (bare_name(name) if is_name else None)
            if body or split_body(name):
                return body
    return None
