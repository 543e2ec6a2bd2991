"""Where things lie and what may be asked; read once by the doors, passed inward as arguments."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

BUNDLED = "all-MiniLM-L6-v2"
# The multilingual encoder: the one that is installed, or none; else a model by name.
AUTO, NONE = "auto", "none"

# Limits of a question. A sentence has some 30 words; a pasted paragraph fits, a book does not.
MAX_QUERY_CHARACTERS = 4000
MAX_HITS = 100
MAX_BODY_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and model."""

    corpus: Path
    index: Path
    shelves: Path
    model: str = BUNDLED
    multilingual: str = AUTO
    reranker: str = NONE

    @classmethod
    def from_environment(cls) -> Self:
        """The environment's KB_CORPUS, KB_INDEX, KB_SHELVES, KB_MODEL and two more encoders.

        Else the folders here or beside the program, and the models that come with it.
        """
        base = Path.cwd()
        if not (base / "corpus").is_dir():
            base = Path(__file__).resolve().parents[1]
        return cls(
            corpus=Path(os.environ.get("KB_CORPUS") or base / "corpus"),
            index=Path(os.environ.get("KB_INDEX") or base / ".kb"),
            shelves=Path(os.environ.get("KB_SHELVES") or base / "shelves"),
            model=os.environ.get("KB_MODEL") or BUNDLED,
            reranker=os.environ.get("KB_RERANKER") or NONE,
            multilingual=os.environ.get("KB_MULTILINGUAL") or AUTO,
        )
