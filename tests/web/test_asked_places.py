"""A place without documents is reported, with places near it that have some."""

from fastapi.testclient import TestClient


def test_a_filter_for_a_place_without_documents_names_what_is_near(client: TestClient) -> None:
    """The answer counts the documents of the place's state and country."""
    answer = client.get("/v1/search", params={"place": "Fremont, CA"}).json()

    assert answer["hits"] == []
    (asked,) = answer["places"]
    assert (asked["value"], asked["documents"]) == ("us-ca-fremont", 0)
    near = {one["value"]: one["count"] for one in asked["near"]}
    assert near["us-ca"] > 0
    assert near["us"] >= near["us-ca"]
    codes = [one["code"] for one in answer["notices"]]
    assert codes == ["place-thin", "empty"]
    assert (
        "Nothing listed from Fremont, California. From California:" in answer["notices"][0]["text"]
    )


def test_a_name_of_several_places_says_which_one_was_taken(client: TestClient) -> None:
    """The largest place of a name is used, and a notice names the others."""
    answer = client.get("/v1/search", params={"place": "Springfield"}).json()

    assert answer["notices"][0]["code"] == "place-taken"
    assert (
        "Taken: Springfield, Missouri. Others: Springfield, Massachusetts"
        in (answer["notices"][0]["text"])
    )
    exact = client.get("/v1/search", params={"place": "Springfield, IL"}).json()
    assert exact["places"][0]["value"] == "us-il-springfield"
    assert exact["notices"][0]["code"] == "place-thin"


def test_a_question_about_a_place_needs_a_result_from_there(client: TestClient) -> None:
    """If no first result is from the place in the question, the question is unanswered."""
    here = client.get("/v1/search", params={"q": "police free schools Oakland"}).json()
    elsewhere = client.get("/v1/search", params={"q": "police free schools Tulsa"}).json()

    assert here["answered"]
    assert here["places"] == []
    assert not elsewhere["answered"]
    assert elsewhere["places"][0]["value"] == "us-ok-tulsa"
    assert elsewhere["notices"][0]["code"] == "place-thin"


def test_cities_of_a_size_are_listed(client: TestClient) -> None:
    """A filter by size keeps documents of cities with that number of people."""
    answer = client.get("/v1/search", params={"size": "250k-1m"}).json()

    places = {hit["document"]["place"]["id"] for hit in answer["hits"]}
    assert "us-ca-oakland" in places
    assert "us" not in places


def test_the_home_page_and_results_ask_where(client: TestClient) -> None:
    """Home and results have a place field, which shows the place that was found."""
    assert 'name="place"' in client.get("/").text

    page = client.get("/search", params={"q": "police", "place": "oakland ca"}).text
    assert 'name="place" type="text" value="Oakland, California"' in page
    assert page.count('name="place"') == 1


def test_the_page_says_that_a_place_is_unknown(client: TestClient) -> None:
    """An unknown place is left out of the search, and the page says so."""
    page = client.get("/search", params={"q": "police", "place": "Xyzzyville"})

    assert page.status_code == 200
    assert "We don’t know a place called “Xyzzyville”." in page.text


def test_places_of_the_world_are_suggested_after_those_of_the_corpus(client: TestClient) -> None:
    """Completions of places begin with those of the corpus; other places follow."""
    found = client.get("/v1/suggest", params={"q": "oakl", "kind": "place"}).json()["items"]

    assert found[0]["id"] == "us-ca-oakland"
    assert {one["kind"] for one in found} == {"place"}
    assert len({one["id"] for one in found}) == len(found) > 1
    world = client.get("/v1/suggest", params={"q": "guadalaj", "kind": "place", "language": "es"})
    assert world.json()["items"][0]["text"] == "Guadalajara, México"


def test_the_page_links_what_is_near(client: TestClient) -> None:
    """The page in Spanish says that nothing is listed, and links the state."""
    page = client.get("/search", params={"place": "Fremont, CA", "lang": "es"}).text

    assert "No tenemos nada de Fremont, California." in page
    assert "place=us-ca&amp;" in page or 'place=us-ca"' in page
    assert "Fremont, California" in client.get("/places/us-ca-fremont").text


def test_a_place_without_results_is_followed_by_those_from_elsewhere(client: TestClient) -> None:
    """The page says that nothing is listed from the place, and shows results from other places."""
    html = client.get("/search?q=police+free+schools&place=Fremont,+CA&lang=en").text

    assert "We have nothing from Fremont, California yet." in html
    assert "From other places" in html
    assert '<li class="card">' in html
    assert "No results." not in html
    assert "From United States" in html
