"""Recognize the headings of tables of contents and reference lists.

Supported languages: English, Spanish, Catalan, French, Portuguese, Galician, Italian, German,
Dutch, Welsh and Irish.
"""

import re

# The number before the words of a heading, such as "4. ", "IV. " or "Section 2: ".
NUMBER = (
    r"(?:(?:(?:section|part|chapter|annex|appendix|secci[oó]n|parte|cap[ií]tulo|anexo)\s+)?"
    r"(?:[\divxlc]+(?:\.\d+)*|[A-Z])[.:)]?\s+)?"
)
CONTENTS = (
    r"(?:(?:table of )?contents|contents page|[íi]ndice(?: general| xeral| de contenidos?)?"
    r"|contenidos?|sumario|tabla de contenidos?|list of (?:tables|figures|abbreviations)"
    r"|lista de (?:tablas|figuras)|índex|sumari|contingut|table des mati[eè]res|sommaire"
    r"|conteúdos?|sumário|contidos?|indice|sommario|inhalt|inhaltsverzeichnis|inhoud(?:sopgave)?"
    r"|cynnwys|clár(?: ábhair)?)"
)
REFERENCES = (
    r"(?:(?:selected |list of |lista de )?(?:references|reference list|bibliography|works cited"
    r"|literature cited|cited references|references cited"
    r"|referencias(?: bibliogr[áa]ficas)?|bibliograf[íi]a|obras citadas|literatura citada"
    r"|refer[èe]ncies|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie|ouvrages cités"
    r"|referências(?: bibliográficas)?|riferimenti bibliografici|literaturverzeichnis"
    r"|literatuurlijst|llyfryddiaeth|cyfeiriadau|tagairtí|leabharliosta))"
)

_CONTENTS = re.compile(rf"{NUMBER}{CONTENTS}\W*", re.IGNORECASE)
_REFERENCES = re.compile(rf"{NUMBER}{REFERENCES}\s*[:.]?", re.IGNORECASE)


def is_contents_heading(text: str) -> bool:
    """Return whether a text is the heading of a table of contents or a list of tables or figures.

    >>> is_contents_heading("1. Table of contents"), is_contents_heading("Contents may be hot")
    (True, False)
    """
    return _CONTENTS.fullmatch(text.strip()) is not None


def is_references_heading(text: str) -> bool:
    """Return whether a text is the heading of a reference list.

    >>> is_references_heading("VI. Bibliografía"), is_references_heading("References to rents")
    (True, False)
    """
    return _REFERENCES.fullmatch(text.strip()) is not None
