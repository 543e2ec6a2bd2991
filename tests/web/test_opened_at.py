"""A source is opened at the record's locator, as far as its kind allows."""

import pytest

from kb.domain.records import Locator, TextQuote
from kb.domain.sources import Rights, Source
from kb.web.view.deep_links import opened_at

PAGE = "https://example.org/page"


@pytest.mark.parametrize(
    ("address", "locator", "opened"),
    [
        (PAGE, None, PAGE),
        (PAGE, Locator(page="3"), PAGE),
        (f"{PAGE}.pdf", Locator(page="3"), f"{PAGE}.pdf#page=3"),
        (f"{PAGE}.PDF?x=1", Locator(page="12"), f"{PAGE}.PDF?x=1#page=12"),
        (f"{PAGE}.pdf", Locator(page="iv"), f"{PAGE}.pdf"),
        (PAGE, Locator(section=("A", "Invest-Divest, now")),
         f"{PAGE}#:~:text=Invest%2DDivest%2C%20now"),
        (PAGE, Locator(quote=TextQuote(exact="end “bail” & jail")),
         f"{PAGE}#:~:text=end%20%E2%80%9Cbail%E2%80%9D%20%26%20jail"),
        ("https://www.youtube.com/watch?v=x", Locator(timestamp="01:02:03"),
         "https://www.youtube.com/watch?v=x#t=3723"),
        (f"{PAGE}#part", Locator(section=("A",)), f"{PAGE}#part"),
    ],
)  # fmt: skip
def test_the_locator_goes_into_the_address(
    address: str, locator: Locator | None, opened: str
) -> None:
    """PDFs get a page, recordings a time, web pages a text; an existing fragment is kept."""
    source = Source(type="webpage", title="A", URL=address, rights=Rights(terms="none"))

    assert opened_at(source, locator) == opened


def test_a_source_without_an_address_is_not_opened() -> None:
    """A source without an address gives None."""
    source = Source(type="book", title="A", rights=Rights(terms="none"))

    assert opened_at(source, Locator(page="3")) is None
