"""Render a report on quotations as one HTML page without scripts or external files."""

from markupsafe import Markup

from kb.languages.labels import VERDICTS
from kb.quotes.nouns import Checked, QuoteReport

_STYLE = Markup(
    ":root { color-scheme: light dark; } "
    "body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: auto; padding: 1rem; } "
    "section { border-top: 1px solid; padding: .5rem 0; break-inside: avoid; } "
    "blockquote { margin: .5rem 0; } del { text-decoration: line-through; }"
)
_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>Quotations</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    "<h1>Quotations</h1>\n{body}</main>\n</body>\n</html>\n"
)


def web_page(report: QuoteReport) -> str:
    """Return a report as an HTML page, with all text escaped."""
    body = Markup("").join(_section(one) for one in report.quotations)
    return _PAGE.format(style=_STYLE, body=body or Markup("<p>No quotations found.</p>\n"))


def _section(one: Checked) -> Markup:
    quotation = one.quotation
    parts = [
        Markup("<section>\n<h2>{}: {}</h2>\n").format(quotation.place, VERDICTS[one.verdict]),
        Markup("<blockquote>{}</blockquote>\n").format(quotation.text),
    ]
    for change in one.changes:
        line = Markup("<p>Draft: <del>{}</del>. Source: <ins>{}</ins>.</p>\n")
        parts.append(line.format(change.quoted or "nothing", change.stored or "nothing"))
    if one.goes_on:
        parts.append(Markup("<p>The source says here: {}</p>\n").format(one.goes_on))
    if one.named:
        parts.append(Markup("<p>The draft names: {}</p>\n").format(one.named))
    if one.found:
        place = ", ".join(filter(None, (one.found.title, one.found.locator)))
        parts.append(Markup("<p>Source: {}. “{}”</p>\n").format(place, one.found.stored))
    return Markup("").join([*parts, Markup("</section>\n")])
