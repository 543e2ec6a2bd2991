"""Lines of running text that say that demands follow."""

import re

LAST = 400  # characters of a paragraph in which it announces a list

_ANNOUNCES = re.compile(
    r"\b(?:demands?|demanding|call(?:s|ing)? (?:up)?on|call(?:s|ing)? for|urges?|urging|asks?|"
    r"asking|requests?|requesting|recommends?|recommendations|insists?|petitions?|"
    r"(?:we|i) propose|our proposals|wants?|"
    r"following (?:steps|actions|measures|changes|policies|reforms)|"
    r"exig\w+|demand(?:amos|an|o)|ped[ií]\w*|piden|solicit\w+|reclam\w+|propon\w+|propuestas|"
    r"recom\w+|inst(?:amos|an)|exhort\w+|"
    r"siguientes (?:medidas|acciones|actuaciones|propuestas|puntos|demandas))\b"
    r"(?! (?:side|for (?:labor|housing|services)))"
    r"|\b(?:must|should|debe|deben|deberá|deberán)\s*:$",
    re.IGNORECASE,
)
# What a list after these words holds is no list of demands: parts, reasons, examples.
_OF_OTHERS = re.compile(
    r"\b(?:included?|including|includes|such as|like|criteria|reasons?|services|areas|ways|"
    r"examples?|facts|questions|issues|topics|speakers|people|sources|incluye|incluyen|como|"
    r"razones|motivos|ejemplos|criterios|áreas|temas|preguntas)\s*:$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_DENIES = re.compile(
    r"\b(?:do not|don[’']t|no)\s+(?:demand|ask|exig|ped)|\bwould require\b", re.IGNORECASE
)
_TO_READERS = re.compile(
    r"\b(?:how to|tips|beginners?|your\b|you (?:can|should|may|must|need|will)|people ask|"
    r"questions|we ask (?:that )?(?:you|everyone|all)|please)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:this is|here is|here are|these are|be plain about|let us say|esto es)\b.{0,30}"
    r"\b(?:what we (?:want|are asking|ask|demand|need)|our demands|lo que (?:pedimos|exigimos|"
    r"queremos))\b.{0,40}$",
    re.IGNORECASE,
)


def announces(text: str) -> bool:
    """Whether a line ends with a colon after words that announce demands."""
    if not text.endswith((":", " -", " –", " —")):
        return False
    last = _SENTENCES.split(text[-LAST:].rstrip(" -–—:") + ":")[-1]
    others = any(one.search(last) for one in (_OF_OTHERS, _TO_READERS, _DENIES))
    return not others and bool(_ANNOUNCES.search(last))


_FOLLOWING = re.compile(
    r"\bfollowing (?:\w+ )?(?:actions|steps|demands|measures|changes|points|recommendations)\W*$"
    r"|\bsiguientes (?:medidas|acciones|demandas|puntos|propuestas)\W*$",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\b(?:(?:following|these are|here are|our|their|the|list of|of|\d+|three|four|five|six|seven|"
    r"eight|nine|ten|twelve|key|core|main|specific|immediate)\s(?:\w+\s){0,2}?(?:demands|asks|"
    r"recommendations|policy (?:changes|proposals))|"
    r"qué es lo que (?:piden|exigen|pedimos|exigimos)|(?:siguientes|nuestras|las|\d+|son|"
    r"estas)\s(?:\w+\s)?(?:demandas|peticiones|exigencias|"
    r"propuestas|recomendaciones|reivindicaciones)|demandas ciudadanas|pliego petitorio|"
    r"(?:we|i)\s(?:therefore\s|hereby\s)?demand$|exigimos$|demandamos$)",
    re.IGNORECASE,
)


def only_announces(sentence: str) -> bool:
    """Whether a sentence says that demands follow, and none itself."""
    return sentence.endswith((":", " -", " –", " —")) or bool(_FOLLOWING.search(sentence))


def names_demands(text: str) -> bool:
    """Whether a line that a list follows speaks of demands: `These are our demands`."""
    last = text[-LAST:]
    return bool(_NOUNS.search(last)) and not _TO_READERS.search(last)


def says_plainly(text: str) -> bool:
    """Whether a paragraph ends with `this is what we want` or its like."""
    return bool(_PLAIN.search(text[-LAST:]))
