"""A person who reads pages in a browser, and a record of everything that goes wrong there."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kb.languages.catalog import catalogue
from tests.browser.engine import Browser, BrowserContext, Locator, Page

LOCALES = {"en": "en-US", "es": "es-MX"}
QUESTIONS = {"en": "police out of schools", "es": "policías fuera de las escuelas"}
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
}
LEFT = "net::ERR_ABORTED"  # the page was left before the answer came
PATIENCE = 10_000  # milliseconds until what is not there is called missing
INSIDE = ("data", "blob", "about")  # addresses of the browser's own
OF_A_STATUS = "Failed to load resource: the server responded"  # said of an error page too


class Manner(NamedTuple):
    """The language, the size of the screen, and whether scripts run."""

    language: str = "en"
    size: str = "desktop"
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.language}-{self.size}-{'scripts' if self.scripts else 'plain'}"


MANNERS = [
    Manner(language, size, scripts)
    for language in LOCALES
    for size in SIZES
    for scripts in (True, False)
]


class Reader:
    """Opens pages of one site in one manner; `amiss` lists what went wrong on any of them."""

    def __init__(self, browser: Browser, site: str, manner: Manner) -> None:
        self.manner, self.site = manner, site
        self.amiss: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def said(self, text: str) -> str:
        """Return a text of the interface in the language of this reader."""
        assert catalogue("es").gettext(text) != text, f"no text of the interface: {text}"
        return catalogue(self.manner.language).gettext(text)

    def named(self, text: str, about: str = "") -> re.Pattern[str]:
        """Return a pattern of the name of a button or link: its text, then a colon and `about`."""
        rest = rf"\s*: {re.escape(about)}$" if about else r"(\s*:|$)"
        return re.compile(rf"^{re.escape(self.said(text))}{rest}")

    def opened(self, path: str = "/", **settings: Any) -> Page:
        """Open a path in a new context without cookies and return the page.

        `settings` override those of the context.
        """
        context = self._browser.new_context(
            base_url=self.site,
            locale=LOCALES[self.manner.language],
            java_script_enabled=self.manner.scripts,
            **(SIZES[self.manner.size] | settings),
        )
        self._contexts.append(context)
        context.on("request", lambda request: self._asked(request.url))
        context.on("requestfailed", lambda one: self._failed(one, one.failure or ""))
        context.on("response", lambda one: self._answered(one.status, one.request))
        context.on("console", lambda said: self._logged(said.type, said.text))
        context.on("weberror", lambda found: self.amiss.append(f"script: {found.error}"))
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(path)
        return page

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in INSIDE and parts.netloc != urlsplit(self.site).netloc:
            self.amiss.append(f"asked another host: {address}")

    def _failed(self, request: Any, how: str) -> None:
        if how != LEFT and not request.is_navigation_request():  # a download ends one too
            self.amiss.append(f"{request.url}: {how}")

    def _answered(self, status: int, request: Any) -> None:
        if status >= 400:
            self._failed(request, f"status {status}")

    def _logged(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(OF_A_STATUS):
            self.amiss.append(f"{kind}: {text}")


def search_box(page: Page) -> Locator:
    """Return the search box; its ARIA role depends on whether scripts run."""
    return page.locator("input[type=search]")


def reading(browser: Browser, site: str, manner: Manner) -> Iterator[Reader]:
    """Yield a reader, close its pages at the end, and fail if anything went wrong on them."""
    reader = Reader(browser, site, manner)
    yield reader
    reader.close()
    assert not reader.amiss, "\n".join(reader.amiss)
