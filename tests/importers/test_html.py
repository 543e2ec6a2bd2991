"""Saved pages: their main text with its structure, and what they state about themselves."""

import logging
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Extracted, SourceInfo
from indexer.importers.extract import broken
from indexer.importers.html.extract import extract
from kb.errors import UnreadableError
from tests.importers.files import read, texts

NEWS = """<!DOCTYPE html><html lang="en-us"><head><meta charset="utf-8">
<title>Council votes to make buses free | Springfield Tribune</title>
<meta property="og:site_name" content="Springfield Tribune">
<link rel="canonical" href="/2024/free-buses"><base href="https://tribune.example/">
<script type="application/ld+json">{"@graph": [{"@id": "#ana", "@type": "Person", "name": "Ana Li"},
{"@type": "NewsArticle", "headline": "Council votes to make buses &#8220;free&#8221;",
"datePublished": "2024-03-05T23:12:00-05:00", "author": [{"@id": "#ana"}, {"name": "Bo Cruz"}]}]}
</script></head><body>
<div class="cookie-consent"><p>We use cookies to improve your experience on this site.</p></div>
<header><nav><ul><li><a href="/">Home</a><li><a href="/sports">Sports</a></ul></nav></header>
<article><h1>Council votes to make buses free</h1><p class="byline">By <a href="/a">Ana Li</a></p>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<p>The council voted <b>7&ndash;2</b> to make all <i>bus</i>es free of charge from July, as the
riders' union has demanded since 2019.<sup><a href="#fn1">1</a></sup></p>
<h2>What the measure does</h2><p>The ordinance that the council passed has three parts:</p>
<ul><li>It ends fares on all 42 lines by July 1.<li>It hires 120 drivers at union wages:
<ul><li>60 in 2024<li>60 in 2025</ul></ul>
<blockquote><p>We demand public transport that is free, frequent and safe.</p></blockquote>
<h3>The cost</h3><p>The budget office puts the price of the measure at $38 million a year.</p>
<table><caption>Cost by year</caption><thead><tr><th>Year<th>Cost<th>Of it, wages</thead>
<tr><td>2024<td>$19 million<td><tr><td><td><td><tr><td>2025<td><td>$9 million</table>
<p>The mayor has until the middle of March to sign it, and has not said what she will do.</p>
<p id="fn1">1. Riders' Union, Free Buses Now, 2019.</p></article>
<aside class="related"><h3>Related stories</h3><a href="/x">Mayor cuts library hours</a></aside>
<section id="comments"><h3>Comments</h3><p>This is a terrible idea, we will all pay.</p></section>
<footer><p>© 2024 Springfield Tribune. All rights reserved.</p></footer></body></html>"""

STATEMENT = """<html lang="es"><head>{head}
<title>Declaración de la Asamblea de Vivienda</title></head>
<body><div id="menu"><a href="/">Inicio</a> <a href="/quienes">Quiénes somos</a></div>
<div class="contenido"><h1>Declaración de la Asamblea de Vivienda</h1>
<p>Madrid, 15 de mayo de 2021</p>
<p>Las vecinas y los vecinos reunidos en asamblea exigimos al Ayuntamiento:</p>
<ul><li>Que se paralicen todos los desahucios sin alternativa habitacional.</li>
<li>Que se construyan 5.000 viviendas públicas de alquiler.</li></ul>
<p>“No aguantamos más”, dijo la portavoz: pagamos 800 euros por una habitación.</p></div>
<div class="compartir"><a href="#">Compartir en Facebook</a></div></body></html>"""

PROGRAM = """<html><head><title>Ten Points</title></head><body><h1>Ten Points</h1>
<p>{0}We, the tenants of this city, met in assembly and wrote down what we want and why.</p>{1}
<p>We believe that homes are for people who live in them, and not for those who own them.</p>
</body></html>"""


def page(body: str, head: str = "") -> str:
    """Return an HTML page with this body in the middle."""
    return f"<html><head>{head}</head><body>{PROGRAM.format('', body)}</body></html>"


def outline(found: Extracted) -> list[tuple[str, int, str]]:
    """Return kind, level and text of each block."""
    return [(block.kind, block.level, block.text) for block in found.blocks]


def test_a_news_page_is_its_article_and_nothing_else(tmp_path: Path) -> None:
    """Headings, items, rows, quotations and notes keep their order; menus and comments go."""
    found = read(tmp_path, "a.html", NEWS)

    assert outline(found) == [
        ("heading", 1, "Council votes to make buses free"),
        ("paragraph", 0, "The council voted 7–2 to make all buses free of charge from July, as the"
         " riders' union has demanded since 2019."),
        ("heading", 2, "What the measure does"),
        ("paragraph", 0, "The ordinance that the council passed has three parts:"),
        ("item", 0, "It ends fares on all 42 lines by July 1."),
        ("item", 0, "It hires 120 drivers at union wages:"),
        ("item", 0, "60 in 2024"),
        ("item", 0, "60 in 2025"),
        ("paragraph", 0, "We demand public transport that is free, frequent and safe."),
        ("heading", 3, "The cost"),
        ("paragraph", 0, "The budget office puts the price of the measure at $38 million a year."),
        ("paragraph", 0, "Cost by year"),
        ("row", 0, "Year | Cost | Of it, wages"),
        ("row", 0, "2024 | $19 million"),
        ("row", 0, "2025 | | $9 million"),
        ("paragraph", 0, "The mayor has until the middle of March to sign it, and has not said what"
         " she will do."),
        ("note", 0, "1. Riders' Union, Free Buses Now, 2019."),
    ]  # fmt: skip


def test_a_page_states_what_it_is(tmp_path: Path) -> None:
    """The title, authors, date, language, address and site are those that the page states."""
    found = read(tmp_path, "a.html", NEWS)

    assert found.title == "Council votes to make buses “free”"
    assert found.creator == ("Ana Li", "Bo Cruz")
    assert (found.issued, found.language) == ("2024-03-05", "en-US")
    assert (found.url, found.site) == (
        "https://tribune.example/2024/free-buses",
        "Springfield Tribune",
    )
    assert found.guessed == ()


def test_what_a_page_does_not_state_is_marked_as_guessed(tmp_path: Path) -> None:
    """The title comes from a heading, the author from a byline, the date from a dated line."""
    body = """<h1>Ten Points</h1><p class="byline"><a class="author" href="/r">Rosa Luz Díaz</a></p>
    <p>Adopted: May 3, 2020</p><p>We, the tenants of this city, met in assembly and wrote this.</p>
    <p>We believe that homes are for people who live in them, and for nobody else at all.</p>"""
    found = read(tmp_path, "a.html", f"<html><title>Untitled</title><body>{body}</body></html>")

    assert (found.title, found.creator, found.issued) == (
        "Ten Points",
        ("Rosa Luz Díaz",),
        "2020-05-03",
    )
    assert found.guessed == ("title", "creator", "issued")
    assert (found.language, found.url, found.site) == (None, None, None)


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta name="citation_date" content="2020/4/1">', "issued", "2020-04-01"),
        ('<meta name="DC.date" content="20200401">', "issued", "2020-04-01"),
        ('<meta name="date" content="Tue, 03 Mar 2020 10:00:00 GMT">', "issued", "2020-03-03"),
        ('<meta name="date" content="3 de marzo de 2020">', "issued", "2020-03-03"),
        ('<meta name="date" content="03/04/2020">', "issued", "2020"),
        ('<meta name="date" content="99999999999">', "issued", None),
        ('<meta name="author" content="By Ana Li; admin; https://x.example/me">', "creator",
         ("Ana Li",)),
        ('<meta name="DC.creator" content="City of Springfield, Office of Budget">', "creator",
         ("City of Springfield, Office of Budget",)),
        ('<link rel="canonical" href="javascript:x">', "url", None),
        ('<link rel="canonical" href="https://a:b@x.example/">', "url", None),
        ('<link rel="canonical" href="http://[::1">', "url", None),
        ('<meta property="og:url" content="https://x.example/a">', "url", "https://x.example/a"),
        ('<!-- saved from url=(0021)https://x.example/b -->', "url", "https://x.example/b"),
        ('<meta property="og:locale" content="es_MX">', "language", "es-MX"),
        ('<meta property="og:title" content="Ten Points | Home">', "title", "Ten Points"),
        ('<title>Home</title>', "title", "Ten Points"),
        ('<title>Rent | tenants.example</title><meta property="og:url" content='
         '"https://www.tenants.example/rent">', "title", "Rent"),
    ],
)  # fmt: skip
def test_statements_are_read_as_pages_write_them(
    head: str, field: str, value: object, tmp_path: Path
) -> None:
    """Dates, names, addresses and languages are read in many forms; invalid ones are ignored."""
    html = page("<p>Rent is due.</p>", head).replace("<title>Ten Points</title>", "")

    assert getattr(read(tmp_path, "a.html", html), field) == value


def test_text_between_the_main_text_is_not_lost(tmp_path: Path) -> None:
    """A list of demands that trafilatura leaves out is kept with the paragraphs around it."""
    found = read(tmp_path, "a.html", STATEMENT.format(head="<meta charset=utf-8>"))

    assert [block.kind for block in found.blocks] == [
        "heading", "paragraph", "paragraph", "item", "item", "paragraph"
    ]  # fmt: skip
    assert (found.issued, found.guessed) == ("2021-05-15", ("issued",))


def test_the_title_above_the_text_is_part_of_it(tmp_path: Path) -> None:
    """The only heading of level 1 is kept, also where a blog puts it in a header of its own."""
    html = """<html><body><header id="masthead"><p>Tenants United</p></header><article>
    <header class="entry-header"><h1>Our Demands</h1></header><div class="entry-content">
    <p>Rents have doubled in ten years. We, the tenants of this city, demand:</p>
    <h2>1. Rent control</h2><p>Cap yearly increases at 3% or inflation, whichever is lower.</p>
    <div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">On Twitter</a></ul></div>
    </div></article><aside><h2>Recent Posts</h2><p>Sign up to our newsletter.</p></aside></body>"""
    found = read(tmp_path, "a.html", html)

    assert [(block.level, block.text[:15]) for block in found.blocks] == [
        (1, "Our Demands"), (0, "Rents have doub"), (2, "1. Rent control"), (0, "Cap yearly incr")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "declared", "remark"),
    [
        ("utf-8", "", ""),
        ("utf-8", "utf-8", ""),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-8", "iso-8859-1", "declared as windows-1252"),
        ("utf-16", "utf-8", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-16-be", "", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "", "encoding guessed as windows-1252"),
        ("cp1252", "utf-8", "encoding guessed as windows-1252; it is not utf-8, as declared"),
        ("cp1252", "no-such-code", "encoding guessed as windows-1252"),
        ("mac_roman", "x-mac-roman", ""),
        ("mac_roman", "", "encoding guessed as mac-roman"),
    ],
)
def test_a_page_in_any_encoding_reads_the_same(
    encoding: str, declared: str, remark: str, tmp_path: Path
) -> None:
    """With a right, wrong or missing declaration the text is the same, and a guess is reported."""
    html = STATEMENT.format(head=f"<meta charset={declared}>" if declared else "")
    found = read(tmp_path, "a.html", html.replace('lang="es"', "").encode(encoding))

    text = " ".join(texts(found))
    assert "“No aguantamos más”" in text
    assert "construyan 5.000 viviendas públicas" in text
    said = " ".join(one.text for one in found.remarks)
    assert said.startswith(remark) if remark else not said


def test_stray_bytes_in_a_page_are_decoded(tmp_path: Path) -> None:
    """UTF-8 with a few bytes of windows-1252 is decoded in both, and a remark says so."""
    before, after = STATEMENT.format(head="<meta charset=utf-8>").split("“No")
    found = read(tmp_path, "a.html", before.encode() + b"\x93No" + after.encode())

    assert "“No aguantamos más”" in " ".join(texts(found))
    assert "Declaración" in texts(found)[0]
    assert "windows-1252" in found.remarks[0].text


def test_characters_lost_before_are_counted(tmp_path: Path) -> None:
    """A remark counts the characters that were already replaced when the page was saved."""
    html = STATEMENT.format(head="<meta charset=utf-8>").replace("más", "m\ufffds")

    assert "lost before the page was saved: 1" in read(tmp_path, "a.html", html).remarks[0].text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>a b<li>c d</ol>", ["1. a b", "2. c d"]),
        ('<ol start=4 type=a><li>a b<li value=8>c d<li><p>e f<p>g</ol>',
         ["d. a b", "h. c d", "i. e f", "g"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ('<ol style="list-style: none"><li>a b</ol>', ["a b"]),
        ("<p>Hyper<b>link</b>ed <em>word</em>.</p>", ["Hyperlinked word."]),
        ("<p>First.<br><br>Second,<br>on two lines.</p>", ["First.", "Second, on two lines."]),
        ("<pre>First,\non two lines.\n\nSecond.</pre>", ["First, on two lines.", "Second."]),
        ("<p>Mot<!-- x -->her &#146;n&#x94; \u0093so\u00adn\u200b&#1;<script></script>&#xFFFE;s"
         "\ufffe", ["Mother ’n” “sons"]),
        ('<ul class="social-links"><li>Tell all of your friends</ul><p>a b</p>', ["a b"]),
        ("<h3>Pictures</h3><img src=a><h3>Words</h3><p>a b</p>", ["Words", "a b"]),
        ("<table><tr><td>a b<td><table><tr><td>c d<td>e</table></table>", ["a b", "c d | e"]),
        ('<p>Read on.<span class="sr-only"> Opens a window.</span></p>', ["Read on."]),
        ("<div>a b c<p>d e f</p>g h i</div>", ["a b c", "d e f", "g h i"]),
        ("<h2>Demands<a href='#d'>¶</a></h2><p>a b</p>", ["Demands", "a b"]),
        ('<div role="heading" aria-level="3">Demands</div><p>a b</p>', ["Demands", "a b"]),
        ("<details><summary>a b c</summary><p>d e f</p></details>", ["a b c", "d e f"]),
        ("<table><tr><td><p>a b c</p><ul><li>d</ul></td></tr></table>", ["a b c", "d"]),
        ("<table><tr><td>a<br>b<td>c<ul><li>d<li>e</ul></table>", ["a b | c d e"]),
        ("<p>a b<script>var no = 1;</script><style>p {}</style><svg><text>n</text></svg></p>",
         ["a b"]),
        ("<p>مرحبا \u200fبكم، کتاب\u200cها</p>", ["مرحبا \u200fبكم، کتاب\u200cها"]),
    ],
)  # fmt: skip
def test_lines_are_those_that_a_browser_shows(
    body: str, expected: list[str], tmp_path: Path
) -> None:
    """Texts have list numbers and line breaks as shown, and no marks, scripts or hidden words."""
    found = texts(read(tmp_path, "a.html", page(f"<meta charset=utf-8>{body}")))

    assert found[2:-1] == expected


def test_notes_are_apart_from_the_sentences_they_hang_on(tmp_path: Path) -> None:
    """References to notes are removed from the text, and the notes keep their numbers."""
    body = """<p>Rents rose.<sup id="a1"><a href="#n1">[1]</a></sup> Wages
    fell<a href="#n2" role="doc-noteref">2</a>, as shown.<a href="#_ftn3" name="_ftnref3"><span
    class="MsoFootnoteReference">[3]</span></a> See <a href="#more">part 2</a>.</p>
    <ol><li id="n1">City data on rents, 2020. <a href="#a1">↩</a></li><li id="n2">A report.</ol>
    <p><a href="#_ftnref3" name="_ftn3"><span class="MsoFootnoteReference">[3]</span></a> A book.
    <h2 id="more">More</h2>"""
    found = read(tmp_path, "a.html", page(body))

    assert "Rents rose. Wages fell, as shown. See part 2." in texts(found, "paragraph")
    assert texts(found, "note") == ["1. City data on rents, 2020.", "2. A report.", "[3] A book."]


def test_a_table_that_sets_out_the_page_is_read_as_a_page(tmp_path: Path) -> None:
    """Columns of a layout table are text in order; a table of data inside it is rows."""
    html = """<html><body><table><tr><td><ul><li><a href="a">Departments</a></ul></td>
    <td><h1>Police Department</h1><p>The proposed budget of the department is $142.3 million, an
    increase of 4.1% over the budget of the year before, most of it for overtime.</p>
    <table><tr><th>Program<th>Dollars<tr><td>Patrol<td>$84,000,000</table>
    <p>Overtime is budgeted at nine million dollars, which is twice what was spent.</p></td></tr>
    </table></body></html>"""
    found = read(tmp_path, "a.html", html)

    assert [block.kind for block in found.blocks] == [
        "heading", "paragraph", "row", "row", "paragraph"
    ]  # fmt: skip
    assert texts(found, "row") == ["Program | Dollars", "Patrol | $84,000,000"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>We demand rent control now.",
        "<html><body>We demand rent control now.</body></html>",
        "<div class='footer'>We demand rent control now.</div>",
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns="
        "'http://www.w3.org/1999/xhtml'><body><p>We demand rent control now.</p></body></html>",
        "<body><svg><p>We demand rent control now.</p>" + "<p>We stay.</p>" * 60,
    ],
)
def test_a_plain_or_odd_page_is_not_refused(html: str, tmp_path: Path) -> None:
    """A line without any structure around it is read, however the page is written."""
    assert texts(read(tmp_path, "a.html", html))[0] == "We demand rent control now."


PANEL = """<div><h3>Clean trucks</h3><div class="accordion-panel"><p>All trucks at the port shall be
electric by 2030, and the port pays for the chargers.</p></div></div>
<div><h3>Jobs</h3>{0}<ul class="list"><li class="list__item">Half of all new jobs go to neighbours.
<li class="list__item">Pay them well.</ul></div></div>"""


@pytest.mark.parametrize(
    "opened",
    [
        '<div class="accordion-panel" aria-hidden="true">',
        '<div class="answer" aria-hidden="true">',
        '<div class="faq__text" hidden>',
        '<div class="collapse" style="display: none">',
        '<button aria-controls="p2">+</button><div id="p2" style="color:red;display:none">',
        '<section class="tab-pane" aria-hidden=true style="visibility:hidden">',
    ],
)
def test_closed_panels_are_read(opened: str, tmp_path: Path) -> None:
    """A panel that opens with a click is read with its heading and its list."""
    body = PANEL.format(opened).replace("</div></div>", "</section></div>", opened[1] == "s")
    found = read(tmp_path, "a.html", page(body))

    assert outline(found)[2:-1] == [
        ("heading", 3, "Clean trucks"),
        ("paragraph", 0, "All trucks at the port shall be electric by 2030, and the port pays for"
         " the chargers."),
        ("heading", 3, "Jobs"),
        ("item", 0, "Half of all new jobs go to neighbours."),
        ("item", 0, "Pay them well."),
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["#hearing", "/demands/2", "https://x.example/"])
def test_headings_that_are_links_stay(address: str, tmp_path: Path) -> None:
    """A heading above text is kept although it is a link; headings without text below are not."""
    body = f"""<h2><a href="{address}">Second demand of ours</a></h2>
    <p>The siren shall be silent from ten at night, and the station shall answer letters.</p>
    <h2><a href="/x">Mayor cuts hours</a></h2><h2><a href="/y">Ten new buses</a></h2>"""
    html = f"<html><body>{PROGRAM.format('', '').partition('</p>')[0]}</p>{body}</body></html>"

    assert [block.text for block in read(tmp_path, "a.html", html).blocks if block.level == 2] == [
        "Second demand of ours"
    ]


@pytest.mark.parametrize(
    ("head", "old"),
    [
        ("", "<s>{}</s>"),
        ("", "<del>{}</del>"),
        ("", "<strike><b>{}</b></strike>"),
        ("", '<span style="color: red; text-decoration: line-through">{}</span>'),
        ("", '<span style="TEXT-DECORATION-LINE:underline line-through">{}</span>'),
        ("<style>.old, .gone { text-decoration: line-through }</style>", "<i class='x old'>{}</i>"),
        ("<style>/* } */ a{} @media all { div span.old{color:red;text-decoration:line-through;}}"
         "</style>", "<div><span class=old>{}</span></div>"),
        ("<style>#gone>em{text-decoration:line-through solid}</style>",
         "<b id=gone><em>{}</em></b>"),
    ],
)  # fmt: skip
def test_struck_out_text_is_left_out(head: str, old: str, tmp_path: Path) -> None:
    """Struck-out words and sections are left out, and a remark says where."""
    body = f"""<h2>Wages</h2><p>The wage shall be {old.format("twelve")} <ins>fifteen</ins> dollars
    an hour.</p><div>{old.format("Section 2. The clerk may charge a fee for each copy.")}</div>"""
    found = read(tmp_path, "a.html", page(body, head))

    assert "The wage shall be fifteen dollars an hour." in " ".join(texts(found))
    assert "twelve" not in " ".join(texts(found))
    assert "Section 2" not in " ".join(texts(found))
    assert [(one.place, one.text) for one in found.remarks] == [
        ("under 'Wages'", "struck-out text left out (2 times)")
    ]


@pytest.mark.parametrize(
    "words",
    ["<u>We</u> stay here.", '<s style="text-decoration:none">We</s> stay here.',
     '<span style="text-decoration:underline">We</span> stay here.', "<ins>We</ins> stay here.",
     '<span class="line-through-x">We</span> stay here.', "<s></s>We stay here."],
)  # fmt: skip
def test_other_lines_strike_nothing_out(words: str, tmp_path: Path) -> None:
    """Underlined and inserted words are kept without a remark."""
    head = "<style>.line-through-x{color:red} p:hover .b{text-decoration:line-through}</style>"
    found = read(tmp_path, "a.html", page(f"<p>{words}</p>", head))

    assert "We stay here." in texts(found)
    assert not found.remarks


@pytest.mark.parametrize(
    "line",
    [
        "<p>Sign up for our weekly newsletter and never miss a story.</p>",
        "<h3>Subscribe to our newsletter</h3>",
        "<p>Get the best of the Tribune in your inbox every morning.</p>",
        "<p>Suscríbete a nuestro boletín y recibe las noticias.</p>",
        "<p>Photo: Ana Li / Springfield Tribune</p>",
        "<p>(Foto: Bo Cruz)</p>",
        "<p>Riders wait for a bus. <span class='article__photo-credit'>Bo Cruz for the Tribune"
        "</span></p>",
        "<p>Ana Li/Getty Images</p>",
        "<p>AP Photo/Ana Li</p>",
        "<p class='site-description'>News that the whole valley has needed since 1901</p>",
        "<div class='header__tagline'>Homes for people, and not for profit, since 1968</div>",
    ],
)
def test_calls_credits_and_slogans_are_out(line: str, tmp_path: Path) -> None:
    """Calls to subscribe, picture credits and slogans of a site are left out."""
    found = texts(read(tmp_path, "a.html", page(f"<p>We met in May and in June.</p>{line}")))

    assert [text for text in found[2:-1] if text != "Riders wait for a bus."] == [
        "We met in May and in June."
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Sign every tenant up for heating before the winter comes.",
        "Get the police out of our schools, and counselors into them.",
        "Subscribe every household to alerts about smoke, at no cost.",
        "Photo identification shall not be asked of voters.",
        "Join the newsletters of the past and you see what was lost. " * 6,
        "Image rights of workers shall be theirs. Nobody may sell them.",
    ],
)
def test_demands_are_not_taken_for_calls(line: str, tmp_path: Path) -> None:
    """A sentence that only begins like a call or a credit is kept."""
    assert line.strip() in texts(read(tmp_path, "a.html", page(f"<p>{line}</p>")))


def test_text_in_a_caption_is_kept_and_captions_are_not(tmp_path: Path) -> None:
    """A first paragraph that is marked up as a caption is kept; captions are left out."""
    lead = "The council of Springfield voted on Tuesday night to end all fares on its buses, after"
    body = f"""<figure><img src=a><figcaption><p>{lead} a campaign of riders that took
    five years.</p></figcaption></figure><figure><img src=b><figcaption>Riders at the hall
    </figcaption></figure>"""
    found = texts(read(tmp_path, "a.html", page(body)))

    assert found[2:-1] == [f"{lead} a campaign of riders that took five years."]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>A<th>B<tr><td rowspan=3>Library<td>4<tr><td>5<tr><td>6",
         ["A | B", "Library | 4", "Library | 5", "Library | 6"]),
        ("<tr><td>1<td rowspan=2>x<td>2<tr><td>3<td>4", ["1 | x | 2", "3 | x | 4"]),
        ("<tr><td rowspan=2 colspan=2>x<td>1<tr><td>2<tr><td>a<td>b<td>c",
         ["x | | 1", "x | | 2", "a | b | c"]),
        ("<tr><td colspan=2>Police<td>90<tr><td colspan=3>All of it",
         ["Police | | 90", "All of it"]),
        ("<tbody><tr><td rowspan=0>x<td>1<tr><td>2<tbody><tr><td>y<td>3",
         ["x | 1", "x | 2", "y | 3"]),
        ("<tr><td rowspan=99999999>x<td>1<tr><td>2", ["x | 1", "2"]),
        ("<tr><td rowspan=2>x<td>1<tr><td><tr><td>y<td>2", ["x | 1", "y | 2"]),
    ],
)  # fmt: skip
def test_cells_over_rows_stand_in_each_of_them(
    table: str, expected: list[str], tmp_path: Path
) -> None:
    """A cell that spans rows is repeated in each, and every cell keeps its column."""
    found = read(tmp_path, "a.html", page(f"<table>{table}</table>"))

    assert texts(found, "row") == expected


def test_a_title_of_another_page_gives_way_to_the_visible_one(tmp_path: Path) -> None:
    """A stated title that shares no word with the text is replaced, and marked as guessed."""
    other = read(tmp_path, "a.html", page("", "<title>STRONG template 3</title>"))
    own = read(tmp_path, "b.html", page("", "<title>What tenants want</title>"))

    assert (other.title, other.guessed) == ("Ten Points", ("title",))
    assert (own.title, own.guessed) == ("What tenants want", ())


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://tenants.example/demands
Subject: =?utf-8?Q?Ten=20Points?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----edge"

------edge
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable

p {{ color: red }}
------edge
Content-Type: {type}
Content-Transfer-Encoding: {coding}
Content-Location: https://tenants.example/demands

{page}
------edge
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------edge--
"""


@pytest.mark.parametrize(
    ("type", "coding", "encoding"),
    [
        ("text/html", "8bit", "utf-8"),
        ("text/html; charset=windows-1252", "8bit", "cp1252"),
        ("application/xhtml+xml", "quoted-printable", "utf-8"),
    ],
)
def test_a_web_archive_is_its_page(type: str, coding: str, encoding: str, tmp_path: Path) -> None:
    """MHTML is unpacked in its encoding, and the address is the one it was saved from."""
    html = page("<p>¡Más viviendas, ya, y para todas las personas!</p>")
    if coding == "quoted-printable":
        html = html.replace("=", "=3D").replace("á", "=C3=A1").replace("¡", "=C2=A1")
    archive = MHTML.format(type=type, coding=coding, page=html).replace("\n", "\r\n")
    found = read(tmp_path, "a.mhtml", archive.encode(encoding))

    assert "¡Más viviendas, ya, y para todas las personas!" in texts(found)
    assert found.url == "https://tenants.example/demands"
    assert found.title == "Ten Points"
    assert not found.remarks


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("<!DOCTYPE html>", "an empty page|a page with no text"),
        ("<html><body><!-- nothing --></body></html>", "no text"),
        ("<html><body><img src=a></body></html>", "no text"),
        ("<html><frameset><frame src=a></frameset></html>", "no text, only frames"),
        ("<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div "
         "id=root></div><script src=x></script></body></html>", "without JavaScript .*enable J"),
        ("<html><body><p>Please enable JavaScript to view this site.</p></body></html>",
         "empty without JavaScript"),
        ("<html><body><h1>x.example</h1><p>Verify you are human by completing the action below."
         "</p></body></html>", "empty without JavaScript"),
        ("<html><body>" + "<div>" * 3000 + "deep", "no text .elements are nested too deeply"),
        (MHTML.format(type="text/plain", coding="8bit", page="x"), "without HTML"),
        ("MIME-Version: 1.0\n" + "".join(
            f'Content-Type: multipart/related; boundary="{at}"\n\n--{at}\n' for at in range(2000)),
         "nested too deeply"),
    ],
)  # fmt: skip
def test_a_page_without_text_says_what_it_is(content: str, wrong: str, tmp_path: Path) -> None:
    """Empty pages, frames, script shells and deeply nested pages are refused by name."""
    path = tmp_path / "a.html"
    path.write_text(content)

    with pytest.raises(UnreadableError, match=rf"a\.html: .*(?:{wrong})"):
        extract(path, SourceInfo(name="a.html"))


def test_a_note_about_scripts_is_no_reason_to_refuse_a_text(tmp_path: Path) -> None:
    """A page with text is read although it says that it needs scripts."""
    found = read(tmp_path, "a.html", page("<noscript>Please enable JavaScript.</noscript>"))

    assert texts(found)[0] == "Ten Points"


def test_a_text_that_is_only_in_json_ld_is_read(tmp_path: Path) -> None:
    """An article that only JSON-LD contains is read from there, with a remark."""
    words = "We demand homes for all of us, and we will not go away. " * 10
    data = f'{{"@type": "NewsArticle", "headline": "Homes", "articleBody": "{words}\\n\\nEnd."}}'
    html = f'<html><head><script type="application/ld+json">{data}</script></head><body></body>'
    found = read(tmp_path, "a.html", html)

    assert texts(found) == [words.strip(), "End."]
    assert "JSON-LD" in found.remarks[0].text


@pytest.mark.parametrize(
    "html",
    [
        page("<p>Demand 1 of many.</p>" + "<i></i>" * 50_000),
        page("<p>Demand 1 of many.</p><p>" + "word " * 900_000),
        page("<div>" * 300 + "<p>Demand 1 of many.</p>" + "</div>" * 300),
    ],
    ids=["long", "wide", "deep"],
)
@pytest.mark.slow
def test_a_page_too_large_to_analyze_is_read_whole(html: str, tmp_path: Path) -> None:
    """A very large or deep page is read without its menus, and nothing else is left out."""
    html = html.replace("<h1>", "<nav><p>Home and other places of this site</p></nav><h1>")
    found = read(tmp_path, "a.html", html)

    assert "Demand 1 of many." in texts(found)
    assert "Home and other places of this site" not in texts(found)
    assert "very large" in found.remarks[0].text


def test_entities_are_not_expanded_and_nothing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entities that the page declares are not expanded, and no connection is made."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    bomb = "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12))
    html = f"""<!DOCTYPE html SYSTEM "http://x.example/a.dtd" [<!ENTITY a0 'ha'>{bomb}
    <!ENTITY file SYSTEM "file:///etc/hostname">]>""" + page(
        '<p>A bomb: &a11; &file;</p><img src="http://x.example/a.png"><iframe src="http://x.example">'
    )
    found = read(tmp_path, "a.html", html)

    assert "A bomb: &a11; &file;" in texts(found)


def test_libraries_do_not_write_into_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Warnings of the libraries go to their loggers and not to stdout or stderr."""
    for name in ("trafilatura", "htmldate", "justext"):
        assert logging.getLogger(name).handlers

    read(tmp_path, "a.html", "<p>We demand rent control now.")

    assert capsys.readouterr() == ("", "")


PARTS = st.sampled_from(
    """<p> </p> <div> </div> <table> <tr> <td> <th> </table> <ul> <ol> <li> </ul> <h1> <h3> </h3>
    <br> <pre> </a> <sup> </sup> <p@id='n1'> <a@href='#n1'> <noscript> <svg> <b> <!-- --> <body>
    </body> <article> <nav> </nav> <head> <title> </title> &amp; &#0; &#xD800; &#150; word words,
    We demand é \ufffe \u200b \u202e \0 <blockquote> <script> </script> <dl> <dt> <dd>""".split()
)


@given(parts=st.lists(PARTS, max_size=60))
def test_any_page_keeps_the_contract(parts: list[str], tmp_path: Path) -> None:
    """With any tags the blocks meet the contract of importers, or the page is refused."""
    path = tmp_path / "a.html"
    path.write_bytes(" ".join(parts).replace("@", " ").encode())

    with suppress(UnreadableError):
        found = extract(path, SourceInfo(name="a.html"))

        assert found.blocks
        assert not any(broken(block) for block in found.blocks)
