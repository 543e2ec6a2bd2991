"""Headings that announce demands, those that end them, and the printed numbers of lists."""

import re

from indexer.demands.rules.bodies import bare, body_at_start, body_in, level_of
from indexer.demands.rules.words import HEAD

LONGEST_TEXT = 200  # characters; what is longer is no heading, whatever its mark says
LONGEST_HEADING = 12  # words of a line that may be a heading without being marked as one

_ORDINALS = (
    r"primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[eé]ptim[oa]|octav[oa]|"
    r"noven[oa]|d[eé]cim[oa]|[uú]nic[oa]|first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]+|\d+(?:\.\d+)?"
)
NUMBER = re.compile(
    r"^(?:[*•·▪–—-]\s*)?(?:"
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]\)?|\d{1,3}(?:\.\d{1,3})+|"
    rf"(?i:(?:recommendation|demand|proposal|ask|point|priority|article|art[ií]culo|"
    rf"recomendaci[oó]n|demanda|propuesta|punto)\s+(?:{_ORDINALS}))[.:)°º]*[.:–—-]*|"
    r"(?i:primero|segundo|tercero|cuarto|quinto|sexto|séptimo|octavo|noveno|décimo)[.:]"
    r")\s+(?=\S)"
)
_BULLET = re.compile(r"^[*•·▪◦–—-]\s+")
# What stands before the words of a heading: `PART FOUR:`, `4.`, `IV.`
_PREFIX = re.compile(
    rf"^(?:(?:part|section|chapter|parte|sección|capítulo)\s+(?:{_ORDINALS})\s*[.:–—-]?\s*|"
    r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+|\d{1,2}(?:\.\d{1,2})*\s+)",
    re.IGNORECASE,
)
_STRONG = (
    r"demands?|asks|policy asks|budget asks|what we (?:want|demand|ask(?: for)?|"
    r"(?:are|['’]re) (?:asking for|bargaining for|fighting for|demanding)|call for|need|propose)|"
    r"we (?:demand|want|call for|call on|propose|urge|ask)|we are (?:calling for|asking for)|"
    r"call for (?:justice|reform|change)|"
    r"demandas|exigencias|peticiones|reivindicaciones|pliego (?:petitorio|de peticiones|"
    r"de demandas|de exigencias)|exigimos|demandamos|pedimos|solicitamos|reclamamos|"
    r"(?:lo )?qu[eé] (?:exigimos|pedimos|queremos|demandamos|proponemos)|reclamos"
)
_MILD = (
    r"recommendations?|recommended actions|policy (?:proposals?|priorities|recommendations?|"
    r"agenda|platform|changes|solutions|demands)|proposals|our proposals?|"
    r"legislative (?:agenda|priorities|asks)|(?:our|the) (?:platform|program|priorities|requests|"
    r"agenda|solutions)|bargaining (?:platform|proposals)|requests|calls to action|"
    r"recomendaciones|propuestas|prioridades (?:legislativas|de política)|propuestas de política|"
    r"nuestra (?:agenda|propuesta)|plataforma"
)
_ASKS = re.compile(
    r"^(?:(?:our|the|these are our|these are the|here are our|key|core|main|list of|summary of|"
    r"summary and|conclusions? and|findings and|suggested|specific|immediate|general|final|"
    r"priority|top|draft|proposed|student|tenants?['’]?s?|workers?['’]?s?|union|community|"
    r"public|policy|\w+ty|ten|twelve|five|six|seven|eight|\d+|"
    r"nuestras?|nuestros?|las|los|principales|conclusiones y|estas son nuestras|"
    r"estas son las)\s+){0,4}"
    rf"(?:(?P<strong>{_STRONG})|(?P<mild>{_MILD}))"
    r"(?P<tail>\s+(?:to|for|of|from|on|regarding|a|al|a la|a los|a las|para|de|del)\s+.{2,80}|"
    r"\s+(?:now|ahora|\d{4}(?:[-–]\d{2,4})?))?$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"^\s+(?:to|for|of|from|on|regarding|al?|para|del?)\s+(?P<rest>.+)$", re.IGNORECASE
)
_GOOD_TAIL = re.compile(
    r"^(?:the\s|our\s|your\s|next\s|la\s|el\s|los\s|las\s)*(?:action|change|reform|justice|"
    r"improvement|\d{4}|legislation|policy|policies|policymakers|us|the future|"
    r"acción|cambio|reforma|justicia|política)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^(?:what (?:you|we|i|they|management|the \w+|others?)\b(?! (?:want|demand|ask|need|propose))|"
    r"how\b|who\b|why\b|where\b|when\b|about\b|contact|get in touch|timeline|calendar|background|"
    r"history|introduction|summary|executive summary|method|scope\b|appendix|annex|notes?\b|"
    r"references|acknowledg|responses?\b|conclusion|get involved|take action|join\b|sign\b|"
    r"(?:frequently )?(?:asked )?questions|next steps|findings?\b|costs?\b|funding\b|"
    r"implementation|glossary|signator|signed|sources|more information|resources|tell your|"
    r"paying for|attest|legal|dissent|part \w+: a dissent|a dissent|fiscal|risks?\b|comment|"
    r"to our\b|to the (?:faculty|press|media)|quiénes|quien|cómo|qué\b(?! (?:exigimos|pedimos|"
    r"queremos|demandamos))|por qué|por que|contacto|antecedentes|m[eé]todo|metodolog|respuestas?|"
    r"anexo|agradec|participe\b|participa\b|seguimiento|conclusi|fuentes|historia|introducci|"
    r"firmas|"
    r"lo que dicen|derechos en|marco|contexto|impacto|exposición|calendario|resumen|preguntas|"
    r"goals?\b|objectives?\b|mission|vision|values|accomplishments|metas|objetivos|misión|visión|"
    r"the problem|our story|what is|in brief|facts|key facts|did you know|glosario)",
    re.IGNORECASE,
)


# Titles of documents that are programmes as a whole; `agenda` alone is that of a meeting.
_PROGRAMME = re.compile(
    r"\b(?:platform|manifesto|programme|(?:policy|legislative|people['’]?s) agenda|demands|"
    r"(?:ten|\d+)[- ]point (?:program|plan)|policy (?:program|proposals)|plataforma|pliego|"
    r"programa (?:electoral|de gobierno)|agenda (?:ciudadana|feminista|legislativa|social)|"
    r"manifiesto|compromisos? electoral(?:es)?)\b",
    re.IGNORECASE,
)


def is_programme(title: str) -> bool:
    """Whether a document is, by its title, a programme of demands."""
    return bool(_PROGRAMME.search(title)) and not title.rstrip().endswith("?")


class Heading:
    """A heading's words, and what they announce."""

    def __init__(self, text: str) -> None:
        self.words = _PREFIX.sub("", text[:LONGEST_TEXT].strip()).rstrip(" :.!…")
        match = _ASKS.match(self.words) if len(text) <= LONGEST_TEXT else None
        tail = match["tail"] if match else None
        rest = _TAIL.match(tail) if tail else None
        self.target = _body(rest["rest"]) if rest else None
        self.strong = bool(match and match["strong"])
        self.asks = bool(match) and (
            rest is None or self.target is not None or bool(_GOOD_TAIL.match(rest["rest"]))
        )
        self.ends = not self.asks and (text.rstrip().endswith("?") or bool(_ENDS.match(self.words)))

    @property
    def body(self) -> str | None:
        """The body that the heading names and nothing else: `Al Congreso`, `State legislature`."""
        addressed = re.sub(r"^(?:to|al?|para|for)\s+", "", self.words, flags=re.IGNORECASE)
        body = _body(addressed)
        named = addressed != self.words or level_of(body) or HEAD.fullmatch(addressed)
        return body if named else None


def _body(words: str) -> str | None:
    found = body_at_start(words)
    if found and not found[1]:
        return found[0]
    inside = body_in(words)
    return bare(inside) if inside and HEAD.search(inside) else None


def is_heading_like(text: str) -> bool:
    """Whether a paragraph may be a heading that the file does not mark: short, without an end."""
    return (
        len(text) <= LONGEST_TEXT
        and len(text.split()) <= LONGEST_HEADING
        and text[-1] not in ".;,!"
        and not _BULLET.match(text)
        and (_PREFIX.sub("", text) or text)[0].isupper()
    )


def number_of(text: str) -> int:
    """The characters of the printed number that a text begins with, white space included."""
    match = NUMBER.match(text)
    return match.end() if match else 0
