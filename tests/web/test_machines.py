"""Feeds, sitemap, robots.txt and OpenSearch, read by real parsers."""

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as Tree

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kb.web.feeds import atom, xml
from kb.web.feeds.atom import moment
from kb.web.feeds.sitemap import sitemap
from tests.api.builders import ADDRESS, indexed_client
from tests.builders import make_demand, make_document, make_finding
from tests.web.conftest import HOSTILE

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FEEDS = ["/feed.atom", "/topics/policing/feed.atom", "/feed.atom?lang=es"]


def read(client: TestClient, path: str, **headers: str) -> Tree.Element:
    """Return the parsed XML at an address."""
    answer = client.get(
        path, headers={name.replace("_", "-"): one for name, one in headers.items()}
    )
    assert answer.status_code == 200
    return Tree.fromstring(answer.content)


def text(element: Tree.Element, name: str) -> str:
    """Return the text of the only child with this name."""
    (found,) = element.findall(name)
    return found.text or ""


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client over sources whose dates are in another order than their ids."""
    some = {
        "a-old": ("2024-01", "2019"), "b-new": ("2025-06-30", "2020-03"),
        "c-newest": ("2025-06-02", "2021"), "d-bare": (None, None),
    }  # fmt: skip
    documents = [
        make_document(
            id,
            [make_demand(f"{id}-{n}", topics=("tenants",)) for n in range(2)] + [make_finding()],
            {"accessed": accessed, "issued": issued},
        )
        for id, (accessed, issued) in some.items()
    ]
    many = [make_demand(f"many-{n}", topics=("budgets",)) for n in range(55)]
    documents.append(make_document("e-many", many, {"accessed": "2020-01", "issued": "2018"}))
    with indexed_client(tmp_path_factory.mktemp("dated"), documents) as client:
        yield client


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_valid_atom(client: TestClient, path: str) -> None:
    """As in RFC 4287 each entry has an id, a title and a date; addresses are absolute."""
    feed = read(client, path)
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    assert entries
    assert client.get(path).headers["content-type"].startswith("application/atom+xml")
    assert text(feed.find(f"{ATOM}author"), f"{ATOM}name") == "Precedent"  # type: ignore[arg-type] # it is there
    for one in (feed, *entries):
        assert uuid.UUID(text(one, f"{ATOM}id").removeprefix("urn:uuid:"))
        assert text(one, f"{ATOM}title")
        assert datetime.fromisoformat(text(one, f"{ATOM}updated")).tzinfo
        links = {link.get("rel"): link for link in one.findall(f"{ATOM}link")}
        assert links["alternate"].get("type") == "text/html"
        assert all(urlsplit(link.get("href", "")).netloc for link in links.values())
    assert len({text(one, f"{ATOM}id") for one in (feed, *entries)}) == len(entries) + 1
    own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in own] == [f"{ADDRESS}{path}"]


@pytest.mark.parametrize("path", FEEDS)
def test_entries_lead_to_their_pages(client: TestClient, path: str) -> None:
    """Each entry links to its page, in the language of the feed, with the entry's title."""
    for entry in read(client, path).findall(f"{ATOM}entry")[:5]:
        (link,) = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        (summary,) = entry.findall(f"{ATOM}summary")
        address = link.get("href", "").removeprefix(ADDRESS)

        page = client.get(address)

        assert page.status_code == 200
        assert address.endswith("?lang=es") == path.endswith("?lang=es")
        assert summary.get("type") == "text"
        assert text(entry, f"{ATOM}title") in page.text


def slugs(feed: Tree.Element) -> list[str]:
    """Return the last part of each entry's address, in order."""
    links = [one.find(f"{ATOM}link") for one in feed.findall(f"{ATOM}entry")]
    return [link.get("href", "").rpartition("/")[2] for link in links if link is not None]


def test_what_was_gathered_last_comes_first(dated: TestClient) -> None:
    """Demands are in order of the month of gathering, then of the source's date."""
    found = slugs(read(dated, "/feed.atom"))

    assert found[:6] == [
        "c-newest-0", "c-newest-1", "b-new-0", "b-new-1", "a-old-0", "a-old-1",
    ]  # fmt: skip
    assert found[-2:] == ["d-bare-0", "d-bare-1"]
    assert len(found) == 63


def test_an_old_source_that_was_gathered_last_is_in_the_feed(tmp_path: Path) -> None:
    """A record gathered in the latest month is in the feed, whatever the date of its source."""
    recent = [
        make_document(f"recent-{n}", [make_demand(f"recent-{n}-{m}") for m in range(10)],
                      {"accessed": "2026-11", "issued": "2025"})
        for n in range(12)
    ]  # fmt: skip
    old = make_document("old", [make_demand("old")], {"accessed": "2026-11", "issued": "1968"})

    with indexed_client(tmp_path, [*recent, old]) as client:
        assert "old" in slugs(read(client, "/feed.atom"))


@pytest.mark.parametrize("path", ["/feed.atom", "/topics/housing/feed.atom"])
def test_a_feed_of_many_entries_has_pages(
    dated: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """As in RFC 5005 pages link to their neighbours, and together have each entry once."""
    whole = slugs(read(dated, path))
    monkeypatch.setattr(atom, "MAX_ENTRIES", 3)
    following, found, back = path, [], []
    while following:
        feed = read(dated, following)
        links = {one.get("rel"): one.get("href", "") for one in feed.findall(f"{ATOM}link")}
        assert (links["first"], links["self"]) == (f"{ADDRESS}{path}", f"{ADDRESS}{following}")
        found.append(slugs(feed))
        back.append(links.get("previous", ""))
        last, following = links["last"], links.get("next", "").removeprefix(ADDRESS)

    assert [one for some in found for one in some] == whole
    assert all(len(some) == 3 for some in found[:-1])
    assert back[0] == ""
    assert back[1] == f"{ADDRESS}{path}"
    assert last.endswith(f"page={len(found)}")
    assert dated.get(f"{path}?page={len(found) + 1}").status_code == 404


def test_an_entry_says_when_it_was_gathered(dated: TestClient) -> None:
    """The date of an entry is that of gathering, or else of the build, never of the source."""
    feed = read(dated, "/topics/tenants/feed.atom")
    entries = zip(slugs(feed), feed.findall(f"{ATOM}entry"), strict=True)
    moments = {slug: text(one, f"{ATOM}updated") for slug, one in entries}

    assert moments["d-bare-0"] == text(feed, f"{ATOM}updated")
    assert not [one for one in moments.values() if one < "2000"]


def test_a_topic_has_a_feed_of_its_own(dated: TestClient) -> None:
    """The feed has the topic and its narrower topics, and its title names the topic."""
    feed = read(dated, "/topics/housing/feed.atom")
    spanish = read(dated, "/topics/housing/feed.atom", accept_language="es")

    assert len(slugs(feed)) == 8
    assert slugs(feed)[-2:] == ["d-bare-0", "d-bare-1"]
    assert text(feed, f"{ATOM}title") == "Precedent – New demands: Housing"
    assert text(spanish, f"{ATOM}title") == "Precedent – Demandas nuevas: Vivienda"
    assert (feed.get(LANGUAGE), spanish.get(LANGUAGE)) == ("en", "es")
    assert dated.get("/topics/no-such/feed.atom").status_code == 404


def test_an_entry_has_the_same_id_everywhere(dated: TestClient) -> None:
    """A record has the same id under any host and in any language."""
    local = read(dated, "/feed.atom")
    named = read(dated, "/topics/tenants/feed.atom?lang=es", host="localhost")

    ids = {text(one, f"{ATOM}id") for one in local.findall(f"{ATOM}entry")}
    others = [text(one, f"{ATOM}id") for one in named.findall(f"{ATOM}entry")]
    assert set(others[:6]) <= ids
    assert slugs(named)[0] == "c-newest-0?lang=es"
    assert "http://localhost/d/c-newest" in Tree.tostring(named, encoding="unicode")


def test_stored_text_stays_text_in_a_feed(client: TestClient) -> None:
    """The text of a hostile document is escaped in its entry."""
    entries = read(client, "/topics/housing/feed.atom").findall(f"{ATOM}entry")

    (found,) = [one for one in entries if HOSTILE in text(one, f"{ATOM}title")]
    assert f"Ask for rent {HOSTILE}" in text(found, f"{ATOM}summary")


@given(st.text())
def test_any_text_gives_well_formed_xml(words: str) -> None:
    """XML is well-formed for any text; only characters that XML forbids are removed."""
    made = xml.root("a", "urn:x", title=words)
    xml.add(made, "b", words, title=words)

    found = Tree.fromstring(xml.written(made))[0].text or ""

    kept = "".join(c for c in words if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    kept = re.sub("[\ud800-\udfff]", "", kept)
    assert found == kept.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(st.sampled_from("0123456789-/~?X"), max_size=12))
def test_any_date_gives_a_moment(edtf: str) -> None:
    """Any date text gives a time with a time zone."""
    assert datetime.fromisoformat(moment(edtf)).tzinfo


def test_a_browser_can_search_from_its_own_bar(client: TestClient) -> None:
    """The OpenSearch description respects the limits of lengths, and its addresses work."""
    found, spanish = (read(client, f"/opensearch.xml{query}") for query in ("", "?lang=es"))

    for one in (found, spanish):
        assert one.tag == f"{OPENSEARCH}OpenSearchDescription"
        assert len(text(one, f"{OPENSEARCH}ShortName")) <= 16
        assert len(text(one, f"{OPENSEARCH}LongName")) <= 48
        assert 0 < len(text(one, f"{OPENSEARCH}Description")) <= 1024
        assert [e.text for e in one.findall(f"{OPENSEARCH}Language")] == ["en", "es"]
        urls = {url.get("type"): url for url in one.findall(f"{OPENSEARCH}Url")}
        template = urls["text/html"].get("template", "")
        page = client.get(template.replace("{searchTerms}", "police%20schools"))
        assert 'value="police schools"' in page.text
        own = urls["application/opensearchdescription+xml"].get("template", "")
        assert Tree.tostring(read(client, own)) == Tree.tostring(one)
    assert "lang=es" in Tree.tostring(spanish, encoding="unicode")
    assert text(found, f"{OPENSEARCH}Description") != text(spanish, f"{OPENSEARCH}Description")


def test_robots_may_read_all_but_answers_and_lists(client: TestClient) -> None:
    """robots.txt allows permanent pages, forbids searches and lists, and names the sitemap."""
    answer = client.get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())

    assert answer.headers["content-type"].startswith("text/plain")
    assert all(robots.can_fetch("any", path) for path in ("/", "/d/a", "/topics", "/feed.atom"))
    assert not any(robots.can_fetch("any", path) for path in ("/search?q=x", "/saved?r=a"))
    assert robots.site_maps() == [f"{ADDRESS}/sitemap.xml"]


def test_the_sitemap_holds_every_permanent_page(client: TestClient) -> None:
    """Each address is listed once with its languages; all documents and records are included."""
    urls = read(client, "/sitemap.xml").findall(f"{SITEMAP}url")
    addresses = [text(one, f"{SITEMAP}loc").removeprefix(ADDRESS) for one in urls]

    assert len(set(addresses)) == len(addresses)
    for path in ("/", "/topics", "/topics/policing", "/places/us", "/d/hostile-words/sneak"):
        assert path in addresses
    size = client.get("/v1/coverage").json()
    records = [one for one in addresses if one.startswith("/d/")]
    assert len(records) == size["passages"]
    assert [one for one in addresses[::7] if client.get(one).status_code != 200] == []
    for one, path in zip(urls, addresses, strict=True):
        links = {link.get("hreflang"): link.get("href") for link in one.findall(LINK)}
        assert links == {code: f"{ADDRESS}{path}?lang={code}" for code in ("en", "es")}


def test_records_are_left_out_where_they_have_no_room(dated: TestClient) -> None:
    """A sitemap over the limit keeps documents and leaves out all records."""
    reader = dated.app.state.watcher.searcher().reader  # type: ignore[attr-defined] # FastAPI's
    every = len(Tree.fromstring(sitemap(reader, ADDRESS)))

    urls = Tree.fromstring(sitemap(reader, ADDRESS, every - 1))

    found = [text(one, f"{SITEMAP}loc").removeprefix(ADDRESS) for one in urls]
    assert [one for one in found if one.startswith("/d/")] == [
        "/d/c-newest", "/d/b-new", "/d/a-old", "/d/e-many", "/d/d-bare",
    ]  # fmt: skip
    assert len(Tree.fromstring(sitemap(reader, ADDRESS, 3))) == 3


def test_the_icon_is_valid_svg(client: TestClient) -> None:
    """The icon is well-formed SVG without references."""
    answer = client.get("/favicon.svg")

    drawing = Tree.fromstring(answer.content)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [one for one in drawing.iter() if any("href" in name for name in one.attrib)]
