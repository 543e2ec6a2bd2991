"""Convert corpus files from the former format: `python -m indexer.corpus.migrate FILE...`.

Addresses of evidence become sources, and outcomes become events. Titles of sources and the
documents of a campaign, which the former format lacked, are reported as missing.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from indexer.corpus.front_matter import FENCE, read_yaml, split
from indexer.corpus.read import read_text
from indexer.corpus.warn import host_of, is_weak
from kb.errors import CorpusError, Problem

_OUTCOME = re.compile(
    r"^- Outcome: (?P<status>[a-z-]+)(?:; date: (?P<date>[^;\n]+))?; as of: [^\n]+\n"
    r"- What happened: (?P<text>[^\n]+)\n- Outcome seen at: <(?P<address>[^>\n]+)>\n?",
    re.MULTILINE,
)
_RECORD = re.compile(r"^#{3,6} .*`(?P<slug>[^`]+)`$", re.MULTILINE)
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def migrated(path: str, text: str) -> tuple[str, list[str]]:
    """Return the text of a file in the current format, and a message for each thing left to fix.

    Raise CorpusError if the front matter is missing or cannot be read.
    """
    parts = split(path, text)
    if isinstance(parts, Problem):
        raise CorpusError([parts])
    matter, body, _ = parts
    front, _, problems = read_yaml(path, matter, first=2)
    if problems or not isinstance(front, dict):
        raise CorpusError(problems or [Problem(path, 1, "no front matter", "keys and values")])
    if "sources" in front:
        return text, []
    sources = _Sources(front)
    events = list(_events(body, sources))
    front = _front(front, sources)
    body = _with_events(_OUTCOME.sub("", body), events)
    dumped = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)
    return f"{FENCE}\n{dumped}{FENCE}\n{body}", list(_left(path, front, body))


class _Sources:
    """The sources of a file, made from addresses and descriptions of evidence."""

    def __init__(self, front: dict[str, Any]) -> None:
        self.own = str((front.get("source") or {}).get("URL") or "")
        self.entries: dict[str, dict[str, str]] = {}
        for one in front.get("evidence") or ():
            self.id_of(str(one))

    def id_of(self, seen: str) -> str:
        """Return the id of the source with this address or description; add it if it is new."""
        if seen not in self.entries:
            known = {entry["id"] for entry in self.entries.values()}
            self.entries[seen] = self._entry(seen, known)
        return self.entries[seen]["id"]

    def _entry(self, seen: str, known: set[str]) -> dict[str, str]:
        host = host_of(seen).removeprefix("www.")
        name = _NOT_IN_SLUGS.sub("-", (host or seen).lower()).strip("-")[:40].strip("-") or "source"
        id, number = name, 1
        while id in known:
            number += 1
            id = f"{name}-{number}"
        if not host:
            return {"id": id, "kind": "reference", "type": "document", "seen_at": seen}
        own = seen == self.own or host.endswith((".gov", ".gob.mx", ".gob.cl"))
        kind = "primary" if own else "reference" if "wikipedia" in host else "secondary"
        entry = {"id": id, "kind": kind, "type": "webpage", "URL": seen}
        return entry | ({"weak": f"found only on {host}"} if is_weak(seen) else {})


def _front(front: dict[str, Any], sources: _Sources) -> dict[str, Any]:
    """Return the front matter with `sources`; a case file also gets a title and a campaign."""
    kept = {key: value for key, value in front.items() if key not in ("evidence", "related")}
    if front.get("kind") == "outcome":
        source = kept.pop("source")
        kept = (
            {"id": kept.pop("id"), "kind": kept.pop("kind"), "title": source["title"]}
            | {"campaign": {"asked_of": source.get("organization") or []}}
            | kept
        )
    kept["sources"] = list(sources.entries.values())
    return kept | ({"related": front["related"]} if front.get("related") else {})


def _events(body: str, sources: _Sources) -> Iterator[tuple[str, str]]:
    """Yield the date and the Markdown of each event described by the outcomes in a body."""
    told: dict[tuple[str, str, str], list[str]] = {}
    slugs = [(found.start(), found["slug"]) for found in _RECORD.finditer(body)]
    for found in _OUTCOME.finditer(body):
        slug = [slug for start, slug in slugs if start < found.start()][-1]
        event = (found["date"] or "undated", found["text"], sources.id_of(found["address"]))
        told.setdefault(event, []).append(f"{slug} {found['status']}")
    for (date, text, source), decided in told.items():
        slug = f"{decided[0].split()[0]}-{decided[0].split()[1]}"
        lines = [f"### {date} `{slug}`", "", text, "", f"- Decides: {', '.join(decided)}"]
        yield date, "\n".join([*lines, f"- Sources: {source}"])


def _with_events(body: str, events: list[tuple[str, str]]) -> str:
    """Return the body with the events inserted before its first second-level heading."""
    if not events:
        return body
    told = "\n\n".join(text for _, text in sorted(events, key=lambda one: one[0]))
    before, mark, after = body.partition("\n## ")
    return f"{before}\n## Events\n\n{told}\n{mark}{after}"


def _left(path: str, front: dict[str, Any], body: str) -> Iterator[str]:
    others = sum(line.startswith("- Outcome") for line in body.splitlines())
    if others:
        yield f"{path}: {others} outcome lines that do not come three in a row"
    untitled = sum("title" not in one for one in front["sources"])
    if untitled:
        yield f"{path}: {untitled} sources without a title"
    if front.get("kind") == "outcome":
        yield f"{path}: the documents of the campaign are not known"


def main(paths: list[str]) -> int:
    """Convert the files in place, and print what could not be converted.

    Return 1 if a file cannot be read, else 0. Such a file stays unchanged.
    """
    code = 0
    for path in map(Path, paths):
        try:
            text, left = migrated(str(path), read_text(path))
        except CorpusError as error:
            left, code = list(map(str, error.problems)), 1
        else:
            fresh = path.with_name(f"{path.name}.new")
            fresh.write_text(text, "utf-8")
            fresh.replace(path)
        for line in left:
            sys.stderr.write(f"{line}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
