"""Real files beside the repository, where they are."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_documents(repository: Path) -> Path:
    """The folder of real files; tests over it skip where it is not beside the repository."""
    folder = repository.parent / "shared" / "documents"
    if not (folder / "MANIFEST.tsv").is_file():
        pytest.skip("../shared/documents is not beside this repository")
    return folder
