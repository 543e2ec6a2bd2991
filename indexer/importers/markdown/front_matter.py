"""Read metadata from the front matter (YAML or TOML) of a Markdown file."""

import re
import tomllib
from typing import Any

from indexer.corpus.front_matter import read_yaml
from indexer.importers.base import SourceInfo
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.stated import About, stated_date, stated_language
from indexer.importers.shared.titles import usable_title
from kb.domain.imports import Remark

_FENCES = {"---": {"---", "..."}, "+++": {"+++"}}
_MAX_CHARACTERS = 65_536  # in front matter; anything longer is text between two rules

_TITLE = ("title", "titulo", "título")
_CREATOR = ("author", "authors", "creator", "autor", "autora", "autores")
_ISSUED = ("date", "issued", "published", "date_published", "pubdate", "publishdate", "fecha")
_LANGUAGE = ("lang", "language", "locale", "idioma")
_URL = ("url", "canonical_url", "canonical", "link", "source", "permalink")
_SITE = ("publisher", "site", "site_name", "organization")

_KEY = re.compile(r"[\w.-]+")
_PAIR = re.compile(r"([\w.-]+)[ \t]*:[ \t]+(.+)")
_ADDRESS = re.compile(r"https?://\S+")


def stated(text: str, info: SourceInfo) -> tuple[About, list[Remark], str]:
    """Return the metadata in the front matter, remarks about it, and the text after it."""
    lines = text[:_MAX_CHARACTERS].split("\n")
    closing = _FENCES.get(lines[0].rstrip(), set())
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in closing), 0)
    if not end:
        return About(), [], text
    inside = "\n".join(lines[1:end])
    fields, remarks = (_toml(inside), []) if closing == {"+++"} else _yaml(inside, info)
    if fields is None:
        return About(), [], text
    return *_stated(fields, remarks), "".join(text.split("\n", end + 1)[end + 1 :])


def _yaml(text: str, info: SourceInfo) -> tuple[dict[str, Any] | None, list[Remark]]:
    """Parse YAML front matter, line by line if it is invalid, as when a title has a colon.

    The fields are None if the text is not a mapping, and so is not front matter.
    """
    value, _, problems = read_yaml(info.name, text, 2)
    remarks = [Remark(place=f"line {one.line}", text=one.wrong) for one in problems]
    if value is None and problems:
        value = {m[1]: m[2].strip(" \t\"'") for m in map(_PAIR.fullmatch, text.split("\n")) if m}
    if not isinstance(value, dict) or not value or not all(map(_KEY.fullmatch, value)):
        return ({}, []) if not text.strip() else (None, [])
    return value, remarks


def _toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _stated(fields: dict[str, Any], remarks: list[Remark]) -> tuple[About, list[Remark]]:
    named = {str(key).lower(): value for key, value in fields.items()}
    if isinstance(source := named.get("source"), dict):
        named |= {str(key).lower(): value for key, value in source.items()}
    date = _words(_first(named, _ISSUED))
    issued = stated_date(date)
    if date and not issued:
        remarks = [*remarks, Remark(place="front matter", text=f"no date found in '{date}'")]
    about = About(
        title=usable_title(_words(_first(named, _TITLE))),
        creator=tuple(_people(_first(named, _CREATOR))),
        issued=issued,
        language=stated_language(_words(_first(named, _LANGUAGE))),
        url=next(filter(_ADDRESS.fullmatch, (_words(named.get(key)) for key in _URL)), None),
        site=_words(_first(named, _SITE)) or None,
    )
    return about, remarks


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((fields[key] for key in keys if fields.get(key)), None)


def _words(value: Any) -> str:
    """Return a scalar value as one line of text, or "" for a list or mapping."""
    return "" if value is None or isinstance(value, dict | list) else one_line(str(value))


def _people(value: Any) -> list[str]:
    """Return the names in a string, a mapping (as in CSL), or a list of strings and mappings."""
    if isinstance(value, list):
        return [name for one in value for name in _people(one)]
    if isinstance(value, dict):
        parts = (_words(value.get(key)) for key in ("given", "family"))
        whole = next((value[key] for key in ("literal", "name") if value.get(key)), None)
        return list(filter(None, [_words(whole) or " ".join(filter(None, parts))]))
    return list(filter(None, map(str.strip, _words(value).split(";"))))
