"""Citations: CSL items, three styles, and files for citation managers."""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from kb.citations.cited import PLACE
from kb.citations.csl_json import Reference, bibtex, csl_json, ris
from kb.citations.format import formatted
from kb.citations.item import Cited, Item, csl_date, csl_item
from kb.citations.line import citation_line
from kb.citations.rich import inlines, segments
from kb.citations.styles import STYLES, Style
from kb.domain.citations import Formatted
from kb.domain.records import Locator
from kb.domain.sources import Name, Rights, Source
from tests.strategies import examples, texts

URL = "https://example.org/a"
CHICAGO, APA, MLA = STYLES


def make_source(
    kind: str,
    title: str,
    author: Sequence[str] = (),
    organization: Sequence[str] = (),
    **more: Any,
) -> Source:
    """Return a source last seen in November 2026; an author is `Family, Given` or one name."""
    fields = {
        "type": kind,
        "title": title,
        "author": [make_name(*name.split(", ", 1)) for name in author],
        "organization": organization,
        "accessed": "2026-11",
        "rights": Rights(terms="all reserved"),
    }
    return Source.model_validate(fields | more)


def make_name(family: str, given: str | None = None) -> Name:
    """Return a person's name; without a given name it is a literal, as in the corpus."""
    return Name(family=family, given=given) if given else Name(literal=family)


# (source, place in it, Chicago 18 note, APA 7 reference, MLA 9 entry), after the manuals'
# examples of the kind; italics stand between stars.
TABLE = {
    "a page of an organization, its month, a section": (
        make_source(
            "webpage", "A platform for tenants", (), ["Tenants Together"], issued="2020-05", URL=URL
        ),
        Locator(section=("Homes",)),
        "Tenants Together, “A Platform for Tenants,” May 2020, under “Homes,” https://example.org/a.",
        "Tenants Together. (2020, May). *A platform for tenants*. https://example.org/a",
        "*A Platform for Tenants*. Tenants Together, May 2020, https://example.org/a.",
    ),
    "a book by one author, a page": (
        make_source("book", "The end of policing", ["Vitale, Alex S."], ["Verso"], issued="2017"),
        Locator(page="3"),
        "Alex S. Vitale, *The End of Policing* (Verso, 2017), 3.",
        "Vitale, A. S. (2017). *The end of policing*. Verso.",
        "Vitale, Alex S. *The End of Policing*. Verso, 2017.",
    ),
    "a book by two authors, a chapter with a page": (
        make_source(
            "book", "Safety for all", ["Rivera, Ana", "Lee, Bo"], ["City Press"], issued="2019"
        ),
        Locator(section=("Part 1", "Homes"), page="A-3"),
        "Ana Rivera and Bo Lee, *Safety for All* (City Press, 2019), "
        "under “Part 1 > Homes,” p. A-3.",
        "Rivera, A., & Lee, B. (2019). *Safety for all*. City Press.",
        "Rivera, Ana, and Bo Lee. *Safety for All*. City Press, 2019.",
    ),
    "a journal article with four authors": (
        make_source(
            "article-journal",
            "A trial of vacant land",
            ["Branas, Charles C.", "South, Eugenia", "Kondo, Michelle C.", "MacDonald, John M."],
            ["Journal of Places", "RAND"],
            issued="2018-02",
            DOI="10.1073/pnas.1718503115",
        ),
        None,
        "Charles C. Branas et al., “A Trial of Vacant Land,” *Journal of Places*, February 2018, "
        "https://doi.org/10.1073/pnas.1718503115.",
        "Branas, C. C., South, E., Kondo, M. C., & MacDonald, J. M. (2018). "
        "A trial of vacant land. *Journal of Places*. https://doi.org/10.1073/pnas.1718503115",
        "Branas, Charles C., et al. “A Trial of Vacant Land.” *Journal of Places*, Feb. 2018, "
        "https://doi.org/10.1073/pnas.1718503115.",
    ),
    "a report without a date": (
        make_source("report", "Rents in one city", (), ["Tenants Together"], URL=URL),
        None,
        "Tenants Together, *Rents in One City* (n.d.), accessed November 2026, "
        "https://example.org/a.",
        "Tenants Together. (n.d.). *Rents in one city*. "
        "Retrieved November 2026, from https://example.org/a",
        "*Rents in One City*. Tenants Together, https://example.org/a. Accessed Nov. 2026.",
    ),
    "a report of several years by three organizations": (
        make_source(
            "report",
            "Freedom to thrive",
            (),
            ["Popular Democracy", "Law for Lives", "Youth Project"],
            issued="2014/2016",
            URL=URL,
        ),
        Locator(page="20"),
        "Popular Democracy et al., *Freedom to Thrive* (2014–2016), 20, https://example.org/a.",
        "Popular Democracy, Law for Lives, & Youth Project. (2014–2016). *Freedom to thrive*. "
        "https://example.org/a",
        "*Freedom to Thrive*. Popular Democracy / Law for Lives / Youth Project, 2014–2016, "
        "https://example.org/a.",
    ),
    "a speech of 1963, a moment of its recording": (
        make_source(
            "speech", "I have a dream", ["King, Martin Luther, Jr."], issued="1963-08-28", URL=URL
        ),
        Locator(timestamp="00:11:30"),
        "Martin Luther King Jr., “I Have a Dream,” speech, August 28, 1963, at 00:11:30, "
        "https://example.org/a.",
        "King, M. L., Jr. (1963, August 28). *I have a dream* [Speech]. https://example.org/a",
        "King, Martin Luther, Jr. “I Have a Dream.” 28 Aug. 1963, https://example.org/a.",
    ),
    "a person of one name, a paragraph": (
        make_source("pamphlet", "By any means", ["Malcolm X"], issued="1964"),
        Locator(paragraph=4),
        "Malcolm X, *By Any Means* (1964), para. 4.",
        "Malcolm X. (1964). *By any means*.",
        "Malcolm X. *By Any Means*. 1964.",
    ),
    "an approximate year": (
        make_source("book", "Instead of prisons", (), ["Research Project"], issued="1976~"),
        None,
        "Research Project, *Instead of Prisons* ([1976?]).",
        "Research Project. (ca. 1976). *Instead of prisons*.",
        "*Instead of Prisons*. Research Project, [1976?].",
    ),
    "a law, which names no author in a legal form": (
        make_source(
            "legislation",
            "Police-Free Schools Act",
            (),
            ["Oakland Unified School District"],
            issued="2020-06-10",
            URL=URL,
        ),
        None,
        "Police-Free Schools Act (2020), https://example.org/a.",
        "Police-Free Schools Act (2020). https://example.org/a",
        "Police-Free Schools Act. Oakland Unified School District, 10 June 2020, "
        "https://example.org/a.",
    ),
    "a newspaper article": (
        make_source(
            "article-newspaper",
            "Yes, we mean it",
            ["Kaba, Mariame"],
            ["The New York Times"],
            issued="2020-06-12",
            URL=URL,
        ),
        None,
        "Mariame Kaba, “Yes, We Mean It,” *The New York Times*, June 12, 2020, "
        "https://example.org/a.",
        "Kaba, M. (2020, June 12). Yes, we mean it. *The New York Times*. https://example.org/a",
        "Kaba, Mariame. “Yes, We Mean It.” *The New York Times*, 12 June 2020, "
        "https://example.org/a.",
    ),
    "a magazine article without an address": (
        make_source(
            "article-magazine", "From protest to politics", ["Rustin, Bayard"], ["Commentary"],
            issued="1965-02",
        ),
        None,
        "Bayard Rustin, “From Protest to Politics,” *Commentary*, February 1965.",
        "Rustin, B. (1965, February). From protest to politics. *Commentary*.",
        "Rustin, Bayard. “From Protest to Politics.” *Commentary*, Feb. 1965.",
    ),
    "a post on a site": (
        make_source(
            "post-weblog",
            "A guide to budgets",
            ["Rivera, Ana"],
            ["Strong Towns"],
            issued="2020-07-23",
            URL=URL,
        ),
        None,
        "Ana Rivera, “A Guide to Budgets,” *Strong Towns*, July 23, 2020, https://example.org/a.",
        "Rivera, A. (2020, July 23). A guide to budgets. *Strong Towns*. https://example.org/a",
        "Rivera, Ana. “A Guide to Budgets.” *Strong Towns*, 23 July 2020, https://example.org/a.",
    ),
    "a page by a person, published by an organization": (
        make_source(
            "webpage",
            "How to read a budget",
            ["Rivera, Ana"],
            ["City Press"],
            issued="2020-05-07",
            URL=URL,
        ),
        None,
        "Ana Rivera, “How to Read a Budget,” City Press, May 7, 2020, https://example.org/a.",
        "Rivera, A. (2020, May 7). *How to read a budget*. City Press. https://example.org/a",
        "Rivera, Ana. *How to Read a Budget*. City Press, 7 May 2020, https://example.org/a.",
    ),
    "a page without anybody or a date": (
        make_source("webpage", "A page", URL=URL),
        Locator(section=("Demands",)),
        "“A Page,” under “Demands,” accessed November 2026, https://example.org/a.",
        "*A page*. (n.d.). Retrieved November 2026, from https://example.org/a",
        "*A Page*. https://example.org/a. Accessed Nov. 2026.",
    ),
    "a Spanish title, whose capitals stay as they are": (
        make_source(
            "report", "Presupuestos con enfoque", (), ["ONU"], issued="2012", language="es"
        ),
        None,
        "ONU, *Presupuestos con enfoque* (2012).",
        "ONU. (2012). *Presupuestos con enfoque*.",
        "*Presupuestos con enfoque*. ONU, 2012.",
    ),
    "quotation marks and an apostrophe in a title": (
        make_source(
            "webpage", 'The city\'s "safe" homes', (), ["Tenants Together"], issued="2020", URL=URL
        ),
        None,
        "Tenants Together, “The City’s ‘Safe’ Homes,” 2020, https://example.org/a.",
        "Tenants Together. (2020). *The city’s “safe” homes*. https://example.org/a",
        "*The City’s “Safe” Homes*. Tenants Together, 2020, https://example.org/a.",
    ),
}  # fmt: skip


@cache
def _table(style: Style) -> dict[str, Formatted]:
    items = [csl_item(row[0], row[1], str(number)) for number, row in enumerate(TABLE.values())]
    return dict(zip(TABLE, formatted(items, style), strict=True))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", TABLE)
def test_a_citation_reads_as_the_manual_of_its_style(name: str, style: Style) -> None:
    """A citation reads as the style's manual writes it, italics included."""
    wanted = TABLE[name][2 + STYLES.index(style)]

    found = _table(style)[name]

    assert "".join(f"*{one.text}*" if one.italic else one.text for one in found.segments) == wanted
    assert found.text == wanted.replace("*", "")


def test_addresses_are_links() -> None:
    """The address of a source is a segment of its own that links to itself."""
    found = _table(APA)["a page of an organization, its month, a section"]

    assert [(one.text, one.href) for one in found.segments if one.href] == [(URL, URL)]


def test_a_subtitle_has_a_capital() -> None:
    """APA capitalizes a subtitle and leaves all other letters as the source has them."""
    source = make_source("book", "Ban the box: from All of Us to 37 states", issued="2019")

    (found,) = formatted([csl_item(source, None, "x")], APA)

    assert found.text == "Ban the box: From All of Us to 37 states. (2019)."


def test_an_address_is_not_read_as_markup() -> None:
    """An address with marks of emphasis is printed and linked character by character."""
    address = "https://example.org/_a_/*b*/%20(c)~d"
    source = make_source("webpage", "A", (), ["B"], issued="2019", URL=address)

    for style in STYLES:
        (found,) = formatted([csl_item(source, None, "x")], style)
        assert [(one.text, one.href) for one in found.segments if one.href] == [(address, address)]


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_stands_alone(style: Style) -> None:
    """A citation does not depend on its neighbours: no 2020a, no dash for a repeated name."""
    items = [
        csl_item(make_source("report", title, ["Rivera, Ana"], issued="2020"), None, title)
        for title in ("One", "Two", "One")
    ]

    together = formatted(items, style)

    assert together == [formatted([item], style)[0] for item in items]
    assert formatted([], style) == []


@examples(10)  # each is three runs of pandoc
@given(st.lists(st.tuples(texts(), texts(), texts()), min_size=1, max_size=8))
@pytest.mark.slow
def test_no_text_is_markup(some: list[tuple[str, str, str]]) -> None:
    """The letters of a title, group or heading appear unchanged, and none becomes a link."""
    items = [
        csl_item(
            make_source("report", title, (), [group], language="es"), Locator(section=(place,)), "x"
        )
        for title, group, place in some
    ]

    for style in STYLES:
        for words, one in zip(some, formatted(items, style), strict=True):
            for word in words[: 3 if style.in_notes else 2]:
                assert _letters(word) in _letters(one.text)
            assert all(segment.href is None for segment in one.segments)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def test_the_placeholder_of_a_locator_is_removed_from_a_source() -> None:
    """A source that holds the placeholder of a locator does not get the locator in its title."""
    address = f"https://example.org/{PLACE}"
    source = make_source("report", f"A{PLACE} title", (), ["ONU"], issued="2012", URL=address)

    (found,) = formatted([csl_item(source, Locator(page="3"), "x")], CHICAGO)

    assert found.text == "ONU, A Title (2012), 3, https://example.org/."


def test_segments_read_all_inlines() -> None:
    """Nested italics are upright, other forms are plain, and script links are dropped."""
    script = {"t": "Link", "c": [["", [], []], inlines("b"), ["javascript:alert(1)", ""]]}
    raised = {"t": "Superscript", "c": inlines("c")}
    found = segments([{"t": "Emph", "c": [*inlines("a"), {"t": "Emph", "c": [script, raised]}]}])

    assert [(one.text, one.italic, one.href) for one in found] == [
        ("a", True, None),
        ("bc", False, None),
    ]


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2020", {"date-parts": [[2020]]}),
        ("2020-06-12", {"date-parts": [[2020, 6, 12]]}),
        ("2014-03/2016", {"date-parts": [[2014, 3], [2016]]}),
        ("2020~", {"date-parts": [[2020]], "circa": True}),
        ("2014?/2016%", {"date-parts": [[2014], [2016]], "circa": True}),
        ("2020-21", {"date-parts": [[2020]], "season": 1}),
        ("2020-21/2020-22", {"literal": "2020-21/2020-22"}),
        ("201X", {"literal": "201X"}),
        ("2014/..", {"literal": "2014/.."}),
        ("2020-13", {"literal": "2020-13"}),
        ("2020-02-31", {"literal": "2020-02-31"}),
        ("about 1900", {"literal": "about 1900"}),
        ("", {"literal": ""}),
    ],
)
def test_an_edtf_date_becomes_a_csl_date(date: str, wanted: Item) -> None:
    """An EDTF date becomes date parts; one that they cannot express stays literal."""
    assert csl_date(date) == wanted


def test_an_item_holds_what_is_known_and_nothing_else() -> None:
    """An item has CSL's own fields, and none for what is unknown."""
    source = make_source(
        "chapter",
        "Safety",
        ["King, Martin Luther, Jr.", "Malcolm X"],
        ["One Press", "Two Press"],
        issued="1967",
        ISBN="9780807000670",
    )

    assert csl_item(source, Locator(page="3"), "safety-1967") == {
        "id": "safety-1967",
        "type": "chapter",
        "title": "Safety",
        "author": [
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "Malcolm X"},
        ],
        "publisher": "One Press; Two Press",
        "issued": {"date-parts": [[1967]]},
        "accessed": {"date-parts": [[2026, 11]]},
        "ISBN": "9780807000670",
        "language": "en",
        "locator": "p. 3",
    }


def test_organizations_are_authors_where_no_person_is() -> None:
    """An organization is the author without a person, else the publisher, and never both."""
    alone = csl_item(make_source("report", "A", (), ["Tenants"]), None, "a")
    beside = csl_item(make_source("report", "A", ["Rivera, Ana"], ["Tenants"]), None, "a")
    paper = csl_item(make_source("article-newspaper", "A", (), ["The Times"]), None, "a")

    assert (alone["author"], "publisher" in alone) == ([{"literal": "Tenants"}], False)
    assert (beside["publisher"], beside["author"][0]["family"]) == ("Tenants", "Rivera")
    assert (paper["container-title"], "author" in paper) == ("The Times", False)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Draw references with any text, also line ends and syntax of every format."""
    words = st.one_of(
        texts(),
        st.sampled_from(
            ["\r\nER  - \r\nTY  - BOOK", "},\n}\n@misc{x,", "a\u2028b\x85c\x1cd", "\\", "}{"]
        ),
    )
    names = st.lists(words, max_size=2).map(tuple)
    source = make_source(
        draw(st.sampled_from(["report", "book", "article-journal", "webpage", "speech", "thesis"])),
        draw(words),
        (),
        draw(names),
        issued=draw(st.sampled_from([None, "2020", "2020-06-12", "2014/2016", "2020~", "201X"])),
        DOI=draw(st.none() | words),
        URL=draw(st.sampled_from([None, URL, "https://example.org/{a}%20b_c#d~e\\f"])),
    )
    people = st.lists(st.builds(Name, family=words, given=words), max_size=2).map(tuple)
    source = source.model_copy(update={"author": draw(people)})
    locator = draw(st.none() | words.map(lambda one: Locator(section=(one,))))
    item = csl_item(source, locator, draw(words))
    return Reference(item=item, note=draw(words), keywords=draw(names), abstract=draw(words))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


@given(st.lists(references(), max_size=3))
def test_ris_round_trip(some: list[Reference]) -> None:
    """RIS reads back with each text whole in its own field."""
    written = ris(some)

    found = rispy.loads(written)

    assert [_plain(one["title"]) for one in found if "title" in one] == [
        title for one in some if (title := _plain(one.item["title"]))
    ]
    for entry, one in zip(found, some, strict=True):
        assert entry.get("abstract", "") == _plain(one.abstract)
        assert entry.get("keywords", []) == [word for word in map(_plain, one.keywords) if word]
        assert len(entry.get("authors", [])) == len(
            [name for name in one.item.get("author", []) if any(map(_plain, name.values()))]
        )
        assert "unknown_tag" not in entry
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in written.split("\r\n")[:-1])
    assert "\n" not in written.replace("\r\n", "")


def test_ris_has_its_own_types_names_and_dates() -> None:
    """A reference has RIS's own type, names, dates and tags, from TY to ER."""
    source = make_source(
        "report",
        "Rents",
        ["King, Martin Luther, Jr."],
        ["Tenants"],
        issued="2014-05~/2016",
        URL=URL,
    )
    item = csl_item(source, Locator(page="3"), "rents#one")

    assert ris([Reference(item=item, keywords=("housing",))]).split("\r\n") == [
        "TY  - RPRT",
        "ID  - rents#one",
        "AU  - King, Martin Luther, Jr.",
        "TI  - Rents",
        "PB  - Tenants",
        "UR  - https://example.org/a",
        "LA  - en",
        "PY  - 2014",
        "DA  - 2014/05//to 2016 circa",
        "Y2  - 2026/11//",
        "KW  - housing",
        "N1  - Cited: p. 3",
        "ER  - ",
        "",
    ]


FIELDS = set(
    "title author journal booktitle note publisher institution howpublished school year month date "
    "url doi isbn language keywords abstract annote urldate".split()
)
COMMANDS = {
    "\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}",
    "\\textasciicircum{}": "^", "\\textasciitilde{}": "~", "\\%": "%", "\\&": "&", "\\$": "$",
    "\\#": "#", "\\_": "_",
}  # fmt: skip
ESCAPED = re.compile("|".join(map(re.escape, COMMANDS)))


def _read(tex: str) -> str:
    """Return what TeX prints; fail if a special character is not one of the escapes."""
    assert not re.search(r"[\\{}%&$#_^~]", ESCAPED.sub("", tex))
    return ESCAPED.sub(lambda found: COMMANDS[found.group()], tex)


@given(st.lists(references(), max_size=3))
def test_bibtex_round_trip(some: list[Reference]) -> None:
    """BibTeX reads back with each text whole in its own field, and with unique keys."""
    found = parse_string(bibtex(some))

    assert not found.failed_blocks
    assert len({entry.key.casefold() for entry in found.entries}) == len(some)
    for entry, one in zip(found.entries, some, strict=True):
        values = {field.key: str(field.value) for field in entry.fields}
        assert _read(values["title"].removeprefix("{").removesuffix("}")) == _plain(
            one.item["title"]
        )
        assert _read(values.get("abstract", "")) == _plain(one.abstract)
        assert _read(values.get("keywords", "")) == _plain(", ".join(one.keywords))
        assert set(values) <= FIELDS


def test_bibtex_has_braces_escapes_and_unique_keys() -> None:
    """Groups are in braces, special characters are escaped, months are macros, keys are unique."""
    source = make_source(
        "report",
        "50% of {A} & B_C",
        (),
        ["Law and Order, Inc."],
        issued="2020-05",
        URL="https://example.org/a_b%20c",
    )
    person = make_source("book", "Homes", ["King, Martin Luther, Jr.", "Malcolm X"], ["Press"])
    items = [csl_item(source, None, "a#b"), csl_item(person, Locator(page="3"), "A-b")]

    assert bibtex([Reference(item=item) for item in items]).splitlines() == [
        "@techreport{a-b,",
        r"  title = {{50\% of \textbraceleft{}A\textbraceright{} \& B\_C}},",
        "  author = {{Law and Order, Inc.}},",
        "  year = {2020},",
        "  month = may,",
        "  urldate = {2026-11},",
        r"  url = {https://example.org/a_b%20c},",
        "  language = {en},",
        "}",
        "",
        "@book{A-b-2,",
        "  title = {{Homes}},",
        "  author = {King, Jr., Martin Luther and {Malcolm X}},",
        "  publisher = {Press},",
        "  urldate = {2026-11},",
        "  language = {en},",
        "  annote = {Cited: p. 3},",
        "}",
    ]


@pytest.mark.parametrize(
    ("issued", "year", "ris_date"),
    [
        ("2020-07-07", "2020", "2020/07/07/"),
        ("2020-07", "2020", "2020/07//"),
        ("2020", "2020", "2020///"),
        ("2014/2016", "2014--2016", "2014///to 2016"),
        ("2020-05-30/2020-06-02", "2020--2020", "2020/05/30/to 2020-06-02"),
        ("2021-22", "2021", "2021///summer"),
        ("1968~", "1968", "1968///circa"),
        ("1968-04?", "1968", "1968/04//circa"),
        ("196X", "196X", "///196X"),
        ("2019/..", "2019/..", "///2019/.."),
    ],
)
def test_a_date_is_whole_in_each_file(issued: str, year: str, ris_date: str) -> None:
    """Days, ranges, seasons and doubts reach BibTeX, biblatex and RIS as each can express them."""
    item = csl_item(make_source("report", "A", issued=issued), None, "a")
    reference = Reference(item=item, issued=issued)

    (entry,) = parse_string(bibtex([reference])).entries

    fields = {field.key: str(field.value) for field in entry.fields}
    assert (fields["date"], fields["year"]) == (issued, year)
    assert list(fields).index("date") > max(map(list(fields).index, {"year", "month"} & {*fields}))
    assert f"DA  - {ris_date}\r\n" in ris([reference])


@pytest.mark.parametrize("issued", ["2020}, url = {x", "{1667,1668}", "yesterday", "2020-07-07\n"])
def test_a_date_that_biblatex_cannot_read_is_left_out(issued: str) -> None:
    """Text that is not a date of biblatex gives no `date` field."""
    item = csl_item(make_source("report", "A"), None, "a")

    assert "date =" not in bibtex([Reference(item=item, issued=issued)]).replace("urldate", "")


STRAIGHT = [
    ("We Do This 'Til We Free Us", "We Do This ’Til We Free Us"),
    ("Put Budgeting in People's Hands", "Put Budgeting in People’s Hands"),
    ("Honor Workers' Rights", "Honor Workers’ Rights"),
    ('"Not in it for Justice": How it works', "‘Not in it for Justice’: How it works"),
    ("A 'Freedom Budget' for All", "A ‘Freedom Budget’ for All"),
    ("The '60s and '90s", "The ’60s and ’90s"),
    ("A “Freedom Budget” for All", "A ‘Freedom Budget’ for All"),
]


@pytest.mark.parametrize(("straight", "curly"), STRAIGHT)
def test_no_citation_has_straight_quotation_marks(straight: str, curly: str) -> None:
    """Titles, groups and headings are printed with curly marks, single ones within a quotation."""
    source = make_source("webpage", straight, (), [straight], issued="2019")
    place = Locator(section=(straight,))

    line = citation_line([Cited(source, place)])
    notes = [formatted([csl_item(source, place, "x")], style)[0].text for style in STYLES]

    assert line.count(f"“{curly}”") == 2
    assert curly.replace("‘", "").replace("’", "") in re.sub("[“”‘’]", "", notes[0])
    assert [one for one in (line, *notes) if re.search("[\"']", one)] == []


# The fields of CSL 1.0.2's data schema that ours may hold, each with its form.
CSL_FIELDS = {
    "id": str, "type": str, "title": str, "container-title": str, "publisher": str, "genre": str,
    "URL": str, "DOI": str, "ISBN": str, "language": str, "locator": str, "abstract": str,
    "keyword": str, "note": str, "author": list, "issued": dict, "accessed": dict,
}  # fmt: skip


@given(st.lists(references(), max_size=3))
def test_csl_json_reads_back_as_the_items(some: list[Reference]) -> None:
    """CSL-JSON reads back as the items, and each field is in the schema and of its type."""
    found = json.loads(csl_json(some))

    assert [{**entry, **one.item} for entry, one in zip(found, some, strict=True)] == found
    for entry in found:
        assert all(isinstance(value, CSL_FIELDS[field]) for field, value in entry.items())
        for name in entry.get("author", []):
            assert set(name) <= {"family", "given", "suffix", "literal"}
        for field in ("issued", "accessed"):
            assert set(entry.get(field, {})) <= {"date-parts", "season", "circa", "literal"}


def test_csl_json_keeps_abstract_keywords_and_note() -> None:
    """Abstract, keywords and note of a reference are in CSL's own fields."""
    item = {"id": "a", "type": "report", "title": "A"}
    reference = Reference(item=item, note="ours", keywords=("b", "c"), abstract="d")

    assert json.loads(csl_json([reference])) == [
        item | {"abstract": "d", "keyword": "b, c", "note": "ours"}
    ]


def test_a_broadcast_without_a_day_is_cited_without_a_dangling_on() -> None:
    """A Chicago note of a broadcast without a date ends with “n.d.” and not with “n.d., on”."""
    item = {"id": "a", "type": "broadcast", "title": "A webinar"}

    assert formatted([item], CHICAGO)[0].text == "“A Webinar,” n.d."
