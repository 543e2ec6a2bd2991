"""Decoding of bytes in any encoding; a guess is reported, and no letter is replaced."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import SourceInfo
from indexer.importers.shared.decode import (
    MAX_LINES,
    MAX_TEXT_BYTES,
    decode,
    decode_bytes,
    remarks,
)
from kb.errors import UnreadableError
from tests.importers.files import read

ASKED = SourceInfo(name="minutes.txt")
SPANISH = "El presupuesto del año próximo reducirá la inversión. ¿Qué exigen los niños?"
ENGLISH = "The city’s budget — “the People’s Budget” — cuts £5,000. Résumé, café."
WESTERN = [
    (SPANISH, "windows-1252"),
    (SPANISH, "latin-1"),
    (SPANISH, "iso8859-15"),
    (SPANISH, "mac-roman"),
    (SPANISH, "cp437"),
    (SPANISH, "cp850"),
    (ENGLISH, "windows-1252"),
    (ENGLISH, "mac-roman"),
    ("Les élèves réclament des écoles où l'on mange à midi; ça coûte.", "windows-1252"),
    ("Les élèves réclament des écoles où la cantine est à tous.", "cp850"),
    ("Die Bürger fordern günstige Mieten für alle Straßen.", "mac-roman"),
    ("A coligação exige educação e saúde para as famílias.", "windows-1252"),
]
OTHERS = [
    ("Żądamy tańszych mieszkań i lepszej komunikacji w każdym mieście.", "windows-1250"),
    ("Мы требуем доступного жилья и бесплатного проезда для всех.", "windows-1251"),
    ("Мы требуем доступного жилья и бесплатного проезда для всех.", "koi8-r"),
    ("Απαιτούμε προσιτή στέγαση και δωρεάν μεταφορές για όλους.", "windows-1253"),
    ("نطالب بسكن ميسور التكلفة ووسائل نقل عام مجانية للجميع.", "windows-1256"),
    ("אנו דורשים דיור בר השגה ותחבורה ציבורית חינם לכולם.", "windows-1255"),
    ("私たちは手頃な価格の住宅と無料の公共交通機関を要求します。", "cp932"),
]
MARKED = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@pytest.mark.parametrize(("mark", "encoding"), MARKED)
def test_a_byte_order_mark_is_obeyed_and_is_no_guess(mark: bytes, encoding: str) -> None:
    """A byte-order mark decides the encoding and is no part of the text."""
    assert decode_bytes(mark + SPANISH.encode(encoding), ASKED) == (SPANISH, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zero_bytes(encoding: str) -> None:
    """UTF-16 without a mark is decoded, and the guess is reported."""
    assert decode_bytes(SPANISH.encode(encoding), ASKED) == (SPANISH, encoding)


@pytest.mark.parametrize(("text", "encoding"), [*WESTERN, *OTHERS])
def test_a_legacy_encoding_is_read_without_a_wrong_letter(text: str, encoding: str) -> None:
    """One sentence is enough to find the encoding, and the guess is reported."""
    decoded, guessed = decode_bytes(text.encode(encoding), ASKED)

    assert decoded == text
    assert guessed is not None


BY_LANGUAGE = {
    "es": ("Según el informe, el 40 % no llega a fin de mes; la última subida fue en julio.",
           "¡No más policías en las escuelas! Más educación, más enfermería.",
           "«Ningún desahucio más», exigían los compañeros y las compañeras."),
    "fr": ("Nous exigeons l'arrêt immédiat des expulsions.",
           "Où sont passés les crédits votés à l'automne dernier ?",
           "La grève générale a été annoncée; ça coûte cher à l'État."),
    "de": ("Für gute Löhne, größere Wohnungen und bessere Schulen!",
           "Müllabfuhr, Wasser und Strom gehören in öffentliche Hände.",
           "Wir verlangen die Rückgabe der öffentlichen Gebäude."),
    "gl": ("Esiximos unha educación pública e de calidade para as nenas.",
           "Non máis desafiuzamentos na nosa terra: vivenda digna xa.",
           "A Xunta aprobou onte o orzamento; a oposición pediu máis médicos."),
    "ga": ("Éilímid tithíocht phoiblí do gach teaghlach in Éirinn.",
           "Tá an Rialtas ag teip ar mhúinteoirí agus ar dhaltaí na Gaeltachta.",
           "Ní mór don chomhairle níos mó scoileanna a thógáil láithreach."),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["windows-1252", "mac-roman", "cp850", "utf-8"])
@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_no_letter_is_wrong_in_the_languages_of_western_europe(
    language: str, encoding: str
) -> None:
    """One sentence in any of these encodings is decoded exactly, and so are all together."""
    sentences = BY_LANGUAGE[language]
    for text in (*sentences, "\n".join(sentences)):
        assert decode_bytes(text.encode(encoding), ASKED)[0] == text


def test_one_accent_at_the_end_is_a_letter() -> None:
    """A file in windows-1252 may end in its only letter outside ASCII."""
    assert decode_bytes("Viva el café".encode("windows-1252"), ASKED)[0] == "Viva el café"


def test_a_given_language_decides_between_encodings() -> None:
    """A given language decides where the same bytes are text in several encodings."""
    text = "我们要求为所有居民提供负担得起的住房和免费公共交通。"

    info = SourceInfo(name="a.txt", language="zh-CN")
    assert decode_bytes(text.encode("gb18030"), info)[0] == text
    hungarian = "Követeljük a lakbérek befagyasztását, őszintén."
    info = SourceInfo(name="a.txt", language="hu")
    assert decode_bytes(hungarian.encode("windows-1250"), info)[0] == hungarian
    baltic = "Mes reikalaujame įperkamo būsto ir nemokamo viešojo transporto visiems."
    info = SourceInfo(name="a.txt", language="lt")
    assert decode_bytes(baltic.encode("windows-1257"), info)[0] == baltic


def test_stray_bytes_in_utf_8_are_decoded_and_reported() -> None:
    """A line of windows-1252 in a UTF-8 file is decoded, and both encodings are kept apart."""
    data = f"{SPANISH}\n".encode() + "the city’s café".encode("windows-1252")

    text, guessed = decode_bytes(data, ASKED)
    assert text == f"{SPANISH}\nthe city’s café"
    assert guessed is not None
    assert "windows-1252" in guessed


def test_a_file_that_is_cut_off_in_a_character_loses_that_character_alone() -> None:
    """All whole characters are decoded, and the cut is reported."""
    data = "El año de los niños".encode()
    cut = data[: data.rindex(b"\xb1")]

    text, guessed = decode_bytes(cut, ASKED)
    assert text == "El año de los ni"
    assert guessed is not None


@given(st.binary(max_size=400))
def test_no_bytes_become_a_replacement_character(data: bytes) -> None:
    """Bytes are decoded or refused; none becomes U+FFFD unless the file contains it."""
    try:
        text, _ = decode_bytes(data, ASKED)
    except UnreadableError:
        return
    stated = ("\ufffd".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    assert "\ufffd" not in text or any(one in data for one in stated)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf_8_is_never_guessed_at(text: str) -> None:
    """Valid UTF-8 is decoded as UTF-8, whatever it contains."""
    if not text.startswith("\ufeff") and not {"\ufffe", "\uffff"} & set(text):
        assert decode_bytes(text.encode(), ASKED) == (text, None)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\0" * 100, b"\x89\x01\x02\x03" * 50, b"words \1" * 50]
)
def test_binary_content_is_refused_by_name(data: bytes) -> None:
    """Bytes that are not text raise UnreadableError with the name of the file."""
    with pytest.raises(UnreadableError, match=r"minutes\.txt"):
        decode_bytes(data, ASKED)


def test_a_surrogate_without_its_other_half_is_refused_with_its_line() -> None:
    """The error for broken UTF-16 names the line."""
    data = codecs.BOM_UTF16_LE + "one\n".encode("utf-16-le") + b"\x00\xd8a\x00"

    with pytest.raises(UnreadableError, match="line 2"):
        decode_bytes(data, ASKED)


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A file over the limit raises UnreadableError that names the limit."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_TEXT_BYTES + 1)

    with pytest.raises(UnreadableError, match="50 MB"):
        decode(path, ASKED)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.srt", "a.jsonl"])
@pytest.mark.parametrize("line", ["\n", "a\n", "a\f", "\r\n", "\r"])
def test_too_many_lines_are_refused(tmp_path: Path, name: str, line: str) -> None:
    """The number of lines has a limit, as a line costs a hundred times its bytes of memory."""
    with pytest.raises(UnreadableError, match="more than 1,000,000 lines; expected fewer"):
        read(tmp_path, name, "a" + line * (MAX_LINES + 1))


def test_every_line_break_becomes_a_line_feed(tmp_path: Path) -> None:
    """Line breaks of Windows, of old Macs and of Unicode become line feeds."""
    path = tmp_path / "breaks.txt"
    path.write_bytes("a\r\nb\rc\u2028d\u2029e\x85f\ng".encode())

    text, _ = decode(path, ASKED)

    assert text.split("\n") == list("abcdefg")


def test_removed_control_characters_are_reported_with_their_first_line() -> None:
    """A remark has the number of removed control characters and the line of the first."""
    (remark,) = remarks("one\ntwo\x07\x01\n", None)

    assert remark.place == "line 2"
    assert remark.text.startswith("2 ")
