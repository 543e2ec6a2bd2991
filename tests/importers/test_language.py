"""The language of a document is that of its text, whatever the file states."""

from pathlib import Path

import pytest

from indexer.corpus.parse import parse
from indexer.importers.base import SourceInfo
from indexer.importers.shared.language import document_language
from indexer.imports.job import Job, run_job
from kb.domain.documents import Document
from kb.shelves.layout import RECORD
from tests.builders import make_corpus
from tests.importers.test_captions import srt, vtt

TEXTS = {
    "cy": "Mae'r cyngor yn gofyn am fwy o dai fforddiadwy ac ysgolion gwell i'n plant ni. "
    "Rydym yn mynnu diwedd ar y toriadau.",
    "ga": "Tá an chomhairle ag iarraidh níos mó tithe agus scoileanna níos fearr do na páistí. "
    "Éilímid deireadh leis na gearrthacha.",
    "gl": "O concello pide máis vivenda pública e mellores escolas para as nenas e os nenos. "
    "Esiximos o fin dos recortes na sanidade.",
    "fr": "Le conseil demande plus de logements publics et de meilleures écoles pour les enfants. "
    "Nous exigeons la fin des coupes.",
    "ca": "L'ajuntament demana més habitatge públic i millors escoles per als infants. "
    "Exigim la fi de les retallades en sanitat.",
    "pt": "A câmara pede mais habitação pública e melhores escolas para as crianças. "
    "Exigimos o fim dos cortes na saúde.",
    "es": "El ayuntamiento pide más vivienda pública y mejores escuelas para las niñas. "
    "Exigimos el fin de los recortes.",
    "en": "The council asks for more public housing and better schools for the children. "
    "We demand an end to the cuts.",
    "de": "Der Rat fordert mehr öffentliche Wohnungen und bessere Schulen für die Kinder. "
    "Wir verlangen ein Ende der Kürzungen.",
    "it": "Il consiglio chiede più case popolari e scuole migliori per i bambini. "
    "Chiediamo la fine dei tagli alla sanità.",
    "eu": "Udalak etxebizitza publiko gehiago eta eskola hobeak eskatzen ditu haurrentzat. "
    "Murrizketen amaiera eskatzen dugu.",
}


@pytest.mark.parametrize("stated", [None, "en", "es", "xx"])
@pytest.mark.parametrize("language", TEXTS)
def test_two_sentences_are_enough_to_find_the_language(language: str, stated: str | None) -> None:
    """Similar languages are distinguished, and a wrong statement does not mislead."""
    expected = "xx" if stated == "xx" else language
    assert document_language(TEXTS[language], stated) == expected


@pytest.mark.parametrize("stated", ["es-MX", "ES", "es"])
def test_a_stated_tag_that_agrees_stays_as_it_is(stated: str) -> None:
    """A stated tag is kept with its region if the text is in its language."""
    assert document_language(TEXTS["es"], stated) == stated


def test_a_document_in_two_languages_keeps_the_stated_one() -> None:
    """The stated language is kept if a good part of the text is in it."""
    text = TEXTS["es"] * 30 + TEXTS["en"] * 50

    assert document_language(text, "es") == "es"
    assert document_language(text, None) == "en"
    assert document_language(text, "fr") == "en"


@pytest.mark.parametrize("text", ["Free buses.", "1990 | 2000 | 2010", ""])
def test_a_few_words_leave_the_stated_language(text: str) -> None:
    """Text that is too short to decide does not change the stated language."""
    assert document_language(text, "cy") == "cy"
    assert document_language(text, None) == "en"
    assert document_language("¿Quién paga?", None) == "es"


def imported(home: Path, name: str, content: str, language: str | None = None) -> Document:
    """Import a file and return its document."""
    folder, path = home / f"made-{name}", home / name
    folder.mkdir()
    path.write_text(content, "utf-8")
    info = SourceInfo(name=name, language=language)
    corpus = make_corpus(home / f"corpus-{name}", [])
    run_job(Job(path=path, folder=folder, info=info, document_id="one", corpus=corpus))
    return parse(name, (folder / RECORD).read_text("utf-8")).document


@pytest.mark.parametrize("language", ["es", "fr", "gl"])
def test_captions_are_in_the_language_that_is_spoken(tmp_path: Path, language: str) -> None:
    """The record has the spoken language, although VTT states a wrong one and SRT none."""
    cues = TEXTS[language].replace(". ", ".\n").split("\n")
    stated = imported(tmp_path, "a.vtt", vtt(*cues, header="WEBVTT\nLanguage: en"))
    silent = imported(tmp_path, "b.srt", srt(*cues))

    for document in (stated, silent):
        assert document.language == document.source.language == language
        assert "source.language" in document.guessed


def test_a_language_that_a_person_gives_is_kept(tmp_path: Path) -> None:
    """A given language is kept and not marked as guessed."""
    document = imported(tmp_path, "a.txt", TEXTS["pt"], "gl")

    assert document.source.language == "gl"
    assert "source.language" not in document.guessed
