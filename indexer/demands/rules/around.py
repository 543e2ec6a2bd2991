"""What surrounds the asking in a sentence: what may stand before it, and who is asked in vain."""

import re

# What may stand before `we demand`: a connective, or a clause that ends with a comma.
LEAD = (
    r"^(?:[^.;:?!\"“”«»]{0,160},\s+)?(?:(?:and|but|so|also|therefore|thus|hence|finally|further|"
    r"furthermore|first|second|third|lastly|accordingly|again|today|now|this is why|that is why|"
    r"as such|y|e|pero|por eso|por ello|por esto|por tanto|por lo tanto|además|también|asimismo|"
    r"finalmente|hoy|así|a la vez|ahora|entonces|igualmente)\b,?\s+){0,3}"
)
# Readers, friends and everybody: asking them is no demand.
READERS = re.compile(
    r"^(?:that\s|a\s|al\s|que\s|of\s)?(?:you\b|everyone|everybody|nobody|no one|anyone|people\b|"
    r"readers|residents|neighbors|supporters|our (?:members|friends|neighbors|allies|readers)|"
    r"(?:all )?members\b(?! of (?:the |this )?(?:congress|parliament|board|council))|each other|"
    r"ourselves|parents|students|voters|citizens|all of|those\b|them\b|him\b|her\b|"
    r"others|myself\b|colleagues|volunteers|every (?:person|one|voter|resident|reader)|"
    r"ustedes?|quienes?|todos\b|todas\b|los vecinos|las vecinas|los padres|nadie|"
    r"la comunidad|la población|(?:los |las )?compañer|la ciudadanía|"
    r"nuestr[oa]s (?:compañer|amig)|l[oa]s jóvenes|nos\b|primero|regalos|permiso|perdón|"
    r"paciencia|ayuda\b|caridad|favor|help\b|volunteers|patience|your (?:help|support|time|"
    r"prayers|vote)|more than|"
    r"to\b|papers|submissions|comments|it\b)",
    re.IGNORECASE,
)
