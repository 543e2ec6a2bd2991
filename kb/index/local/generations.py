"""Index generations on disk: staged, verified, and published by replacing a pointer file.

ROOT/current.json            {"current": ID, "previous": ID or null}: the pointer
ROOT/generations/ID/         immutable; manifest.json holds the SHA-256 of every other file
ROOT/staging/                files of a running build; the next build clears any leftovers
ROOT/lock                    held by the build that is writing
"""

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from kb.domain.base import Noun
from kb.errors import IndexMismatchError, IndexMissingError
from kb.index.contract import Contents, FileSum, Identity, Manifest, VectorSet
from kb.index.local.reader import LocalReader, write_files

FORMAT = 12  # increase it when the files of a generation or the text analysis change
MANIFEST = "manifest.json"
POINTER = "current.json"
REPAIR = "Next: kb build"


class Pointer(Noun):
    """The ids of the published and the previous generation."""

    current: str
    previous: str | None = None


def generation_id(identity: Identity) -> str:
    """Return the id of the generation built from these inputs; equal inputs give equal ids."""
    encoders = [(space, one.name, one.checksum) for space, one in identity.encoders.items()]
    parts = (FORMAT, identity.builder, identity.corpus, encoders, identity.processor)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def read_pointer(root: Path) -> Pointer:
    """Return the pointer to the published generation; raise IndexMissingError if there is none."""
    try:
        return Pointer.model_validate_json((root / POINTER).read_bytes())
    except FileNotFoundError as error:
        raise IndexMissingError(f"{root}: no index has been built. {REPAIR}") from error
    except ValidationError as error:
        raise IndexMismatchError(f"{root / POINTER}: not a valid pointer. {REPAIR}") from error


def verify(folder: Path) -> Manifest:
    """Return the manifest after verifying every file; raise IndexMismatchError if one differs."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexMismatchError(
            f"{folder}: the manifest is missing or unreadable. {REPAIR}"
        ) from error
    if manifest.format != FORMAT:
        raise IndexMismatchError(
            f"{folder}: built in format {manifest.format}; expected {FORMAT}. {REPAIR}"
        )
    if manifest.sum != _seal(manifest):
        raise IndexMismatchError(f"{folder / MANIFEST}: altered since it was written. {REPAIR}")
    for name, expected in manifest.files.items():
        if _sum(folder / name) != expected:
            raise IndexMismatchError(
                f"{folder / name}: damaged or missing; expected {expected.bytes} bytes "
                f"with sha256 {expected.sha256[:12]}... {REPAIR}"
            )
    return manifest


def _seal(manifest: Manifest) -> str:
    """Return the SHA-256 of a manifest, computed with an empty `sum`."""
    bare = manifest.model_copy(update={"sum": ""})
    return hashlib.sha256(bare.model_dump_json().encode()).hexdigest()


def _sum(path: Path) -> FileSum | None:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return FileSum(bytes=file.tell(), sha256=digest)
    except OSError:
        return None


class LocalWriter:
    """A writer of index generations to one folder; the caller must hold the lock."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.staging = root / "staging"
        self._staged: Manifest | None = None

    def stage(self, identity: Identity, contents: Contents) -> Manifest:
        """Write a complete generation to the staging folder, and return the manifest."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)
        structures = write_files(self.staging, contents)
        files = {
            path.relative_to(self.staging).as_posix(): path
            for path in sorted(self.staging.rglob("*"))
            if path.is_file() and not path.name.endswith(".lock")
        }
        manifest = Manifest(
            generation=generation_id(identity),
            format=FORMAT,
            builder=identity.builder,
            corpus=identity.corpus,
            vectors={
                space: VectorSet(
                    encoder=identity.encoders[space],
                    dimension=contents.vectors[space].shape[1],
                    structure=built.passages,
                    phrases=built.phrases,
                )
                for space, built in structures.items()
            },
            built=datetime.now(UTC).date().isoformat(),
            documents=len(contents.documents),
            passages=len(contents.units),
            files={name: found for name, path in files.items() if (found := _sum(path))},
        )
        manifest = manifest.model_copy(update={"sum": _seal(manifest)})
        (self.staging / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")
        folders = {path.parent for path in files.values()}
        for path in [*files.values(), self.staging / MANIFEST, *sorted(folders)]:
            _sync(path)
        self._staged = manifest
        return manifest

    def generation(self, identity: Identity) -> str:
        """Return the id of the generation built from these inputs."""
        return generation_id(identity)

    def staged(self) -> LocalReader:
        """Open the staged generation so that it can be checked."""
        if self._staged is None:
            raise RuntimeError("`staged` was called before `stage`")
        return LocalReader(self.staging, self._staged)

    def commit(self) -> Manifest:
        """Move the staged generation to its folder and publish it."""
        if self._staged is None:
            raise RuntimeError("`commit` was called before `stage`")
        manifest, self._staged = self._staged, None
        folder = self._root / "generations" / manifest.generation
        folder.parent.mkdir(exist_ok=True)
        if folder.exists():  # damaged: an undamaged one is published without staging
            shutil.rmtree(folder)
        self.staging.rename(folder)
        _sync(folder.parent)
        return self.publish(manifest.generation)

    def publish(self, generation: str) -> Manifest:
        """Publish a stored generation; delete all others except the previous one."""
        manifest = verify(self._root / "generations" / generation)
        current = self._published()
        previous = current.current if current else None
        if current and previous == generation:
            previous = current.previous
        pointer = Pointer(current=generation, previous=previous)
        if pointer != current:
            self._write_pointer(pointer)
        shutil.rmtree(self.staging, ignore_errors=True)
        for folder in (self._root / "generations").iterdir():
            if folder.name not in {generation, previous}:
                shutil.rmtree(folder, ignore_errors=True)
        return manifest

    def rollback(self) -> Manifest:
        """Publish the previous generation; a second rollback undoes the first."""
        pointer = read_pointer(self._root)
        if pointer.previous is None:
            raise IndexMissingError(f"{self._root}: there is no earlier generation. {REPAIR}")
        manifest = verify(self._root / "generations" / pointer.previous)
        self._write_pointer(Pointer(current=pointer.previous, previous=pointer.current))
        return manifest

    def withdraw(self) -> None:
        """Unpublish the index and delete every generation."""
        (self._root / POINTER).unlink(missing_ok=True)
        shutil.rmtree(self._root / "generations", ignore_errors=True)

    def has(self, generation: str) -> bool:
        """Return whether a generation is stored and undamaged."""
        try:
            verify(self._root / "generations" / generation)
        except IndexMismatchError:
            return False
        return True

    def _published(self) -> Pointer | None:
        try:
            return read_pointer(self._root)
        except (IndexMissingError, IndexMismatchError):
            return None

    def _write_pointer(self, pointer: Pointer) -> None:
        fresh = self._root / f"{POINTER}.new"
        fresh.write_text(pointer.model_dump_json(), "utf-8")
        _sync(fresh)
        fresh.replace(self._root / POINTER)
        _sync(self._root)


def _sync(path: Path) -> None:
    """Flush a file or folder to disk, so that its contents survive a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
