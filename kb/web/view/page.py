"""Render pages from Jinja templates, with autoescaping."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kb.citations import styles
from kb.citations.styles import Style
from kb.domain.passages import Entry
from kb.exports.formats import FORMATS, REFERENCES, Format
from kb.exports.presenter import Presenter, reference_of
from kb.languages.catalog import catalogue, chosen, day, number
from kb.languages.labels import tables
from kb.languages.locators import is_of_source, located, spot
from kb.languages.quantities import in_words
from kb.languages.registry import LANGUAGES, LOCALES
from kb.search.labels import label
from kb.search.names import Names
from kb.web.saved_list import CLEARED, SavedList
from kb.web.view.assets import asset
from kb.web.view.first_sentence import first_sentence
from kb.web.view.source_links import Opening, opening, original
from kb.web.view.urls import Addresses, is_public, known

# Pages load only our own files and have no inline scripts.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OWN_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


@cache
def environment(language: str) -> Environment:
    """Return the template environment for a language."""
    made = Environment(
        loader=PackageLoader("kb.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined] # of the extension
    made.filters["marked"] = marked
    made.filters["day"] = lambda edtf: day(edtf, language)
    made.filters["located"] = lambda locator: located(locator, language)
    made.filters["spot"] = lambda locator: spot(locator, language)
    made.filters["quantity"] = lambda value: in_words(value, language)
    made.filters["first_sentence"] = first_sentence
    made.filters["number"] = lambda value: number(value, language)
    made.globals |= tables(language)
    made.globals |= {"asset": asset, "is_of_source": is_of_source}
    made.globals |= {"formats": _labels(FORMATS, language)}
    made.globals |= {"reference_formats": _labels(REFERENCES, language)}
    made.globals |= {"styles": _labels({one.id: one for one in styles.STYLES}, language)}
    return made


def _labels(formats: Mapping[str, Format | Style], language: str) -> dict[str, str]:
    return {one: catalogue(language).gettext(found.label) for one, found in formats.items()}


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return the text as escaped HTML, with `<mark>` around the spans [start, end).

    >>> marked("free <b>buses", [(0, 4)])
    Markup('<mark>free</mark> &lt;b&gt;buses')
    """
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*parts, escape(text[last:])])


class Page:
    """The page that answers a request: its language, its URLs and the reader's saved list."""

    def __init__(self, request: Request) -> None:
        asked = request.query_params.get("lang")
        self.language = chosen(asked, request.headers.get("accept-language", ""))
        self.addresses = Addresses(asked if asked in LANGUAGES else None)
        self.saved = SavedList.from_cookies(request.cookies)
        self.cleared = SavedList.from_cookies(request.cookies, CLEARED)
        self._request = request

    @property
    def request(self) -> Request:
        """Return the request that the page answers."""
        return self._request

    def translated(self, text: str) -> str:
        """Return an interface text in the page's language."""
        return catalogue(self.language).gettext(text)

    @property
    def here(self) -> str:
        """Return the local URL of this page, or of the saved list if the request was not a GET."""
        url = self._request.url
        if self._request.method != "GET":
            return self.addresses.saved()
        pairs = known(self._request.query_params.multi_items())
        return self.addresses.with_language(url.path, pairs)

    @property
    def has_documents(self) -> bool:
        """Return whether this server serves imported documents."""
        return self._request.app.state.shelves is not None

    @property
    def may_change(self) -> bool:
        """Return whether pages of this server may change the shelves."""
        return self._request.app.state.commands is not None

    def absolute(self, path: str) -> str:
        """Return the absolute URL of a local path, for sharing."""
        url = self._request.url
        return f"{self._public_url or f'{url.scheme}://{url.netloc}'}{path}"

    @property
    def is_of_this_computer(self) -> bool:
        """Return whether the page's URL works only on this computer."""
        host = self._request.url.hostname or ""
        is_own = host in OWN_HOSTS or host.endswith(".localhost")
        return is_own and self._public_url is None

    @property
    def _public_url(self) -> str | None:
        found: str | None = self._request.app.state.public_url
        return found

    def permanent(self, id: str) -> str:
        """Return the permanent URL of a record, without a language.

        Unless KB_PUBLIC_URL is set, URLs on a private network or on this computer are not
        permanent, so the reference `precedent:ID` is returned.
        """
        if self._public_url is None and not is_public(self._request.url.hostname or ""):
            return reference_of(id)
        return self.absolute(Addresses(None).record(id))

    def opened(self, entry: Entry) -> Opening | None:
        """Return the link to a passage's source, or None if there is nothing to open."""
        return opening(entry, self._request.app.state.shelves)

    def original(self, entry: Entry) -> Opening | None:
        """Return the link to an imported document's original file, or None if there is none."""
        return original(entry, self._request.app.state.shelves)

    def _switch(self) -> list[tuple[str, str, str]]:
        """Return (code, name, URL) of this page in each of the other languages."""
        pairs = known(self._request.query_params.multi_items())
        return [
            (tag, one.name, f"?{urlencode([*pairs, ('lang', tag)])}")
            for tag, one in LOCALES.items()
            if tag != self.language
        ]

    def label_of(self, names: Names) -> Callable[[str, str], str]:
        """Return a function that takes a field and a value and returns a label."""
        return lambda field, value: label(names, field, value, self.language)

    def presenter(self, label: Callable[[str, str], str]) -> Presenter:
        """Return a presenter of records in this page's language."""
        return Presenter(self.language, label, self.permanent)

    def response(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Render a template; page_cache.py adds the caching headers."""
        html = environment(self.language).get_template(template).render(
            page=self, to=self.addresses, language=self.language, switch=self._switch(), **values
        )  # fmt: skip
        headers = {"content-security-policy": POLICY, "content-language": self.language}
        return HTMLResponse(html, status_code=status, headers=headers)
