"""Settings: folders and models, read once at startup, and query limits."""

import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from kb.errors import KbError

BUNDLED = "all-MiniLM-L6-v2"
# Special values of `multilingual`: the installed encoder, or none. Any other value names a model.
AUTO, NONE = "auto", "none"

# Limits of a query. The text may be as long as a few pasted paragraphs.
MAX_QUERY_CHARACTERS = 4000
MAX_HITS = 100
MAX_TYPED_CHARACTERS = 200  # of a query to complete; titles are rarely longer
MAX_COMPLETIONS = 20
MAX_BODY_BYTES = 64 * 1024

_ORIGIN = re.compile(r"(https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the program: folders, models and the public address."""

    corpus: Path
    index: Path
    shelves: Path
    model: str = BUNDLED
    multilingual: str = AUTO
    reranker: str = NONE
    public_url: str | None = None  # scheme and host of the public address of the pages

    @classmethod
    def from_environment(cls) -> Self:
        """Return the settings from the KB_* environment variables, with defaults for unset ones.

        The default folders are in the current folder if it is a checkout, else in the checkout that
        contains this program. Without a checkout, the corpus is that of the package, and the index
        and the shelves are in the user's data folder. Raise KbError if KB_PUBLIC_URL is invalid.
        """
        corpus, index, shelves = _default_folders()
        return cls(
            corpus=Path(os.environ.get("KB_CORPUS") or corpus),
            index=Path(os.environ.get("KB_INDEX") or index),
            shelves=Path(os.environ.get("KB_SHELVES") or shelves),
            model=os.environ.get("KB_MODEL") or BUNDLED,
            reranker=os.environ.get("KB_RERANKER") or NONE,
            multilingual=os.environ.get("KB_MULTILINGUAL") or AUTO,
            public_url=_public_url(os.environ.get("KB_PUBLIC_URL", "")),
        )


def _default_folders() -> tuple[Path, Path, Path]:
    """Return the default folders for the corpus, the index and the shelves."""
    for base in (Path.cwd(), Path(__file__).resolve().parents[1]):
        if (base / "corpus" / "topics.yaml").is_file():
            return base / "corpus", base / ".kb", base / "shelves"
    own = user_data_path("precedent", appauthor=False)
    return Path(str(files("kb"))) / "data" / "corpus", own / "index", own / "shelves"


def _public_url(text: str) -> str | None:
    """Return the scheme and host of a URL, or None for an empty text; raise KbError if invalid."""
    if not text:
        return None
    found = _ORIGIN.fullmatch(text)
    if found is None:
        expected = "expected scheme and host, such as https://precedent.example.org"
        raise KbError(f"KB_PUBLIC_URL '{text[:200]}': {expected}. Next: set it again, or unset it")
    return found[1].lower()
