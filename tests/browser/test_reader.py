"""`Reader` notices everything that goes wrong on a page."""

from kb.web.view.page import POLICY
from tests.browser.reader import Reader

PAGES = {
    "<script>throw new Error('broken')</script>": "script: ",
    "<img src='http://192.0.2.1/seen.gif' alt=''>": "asked another host: ",
    "<img src='/static/nothing.png' alt=''>": "status 404",
}


def opened(reader: Reader, html: str, headers: dict[str, str]) -> list[str]:
    """Return what `Reader` notices on a page of this site with this content."""
    page = reader.opened("about:blank")
    page.route("**/made-up", lambda route: route.fulfill(body=html, headers=headers))
    page.goto("/made-up", wait_until="networkidle")
    found = list(reader.amiss)
    reader.amiss.clear()
    return found


def test_every_fault_of_a_page_is_noticed(reader: Reader) -> None:
    """A broken script, a request to another host, a missing file or a blocked script is noticed."""
    html = {"content-type": "text/html"}
    strict = html | {"content-security-policy": POLICY}

    for content, said in PAGES.items():
        assert said in "\n".join(opened(reader, content, html))
    for content in ("<script>1</script>", "<p style='color: red'>", next(reversed(PAGES))):
        assert opened(reader, content, strict)
    assert "Content Security Policy" in "\n".join(opened(reader, "<script>1</script>", strict))
