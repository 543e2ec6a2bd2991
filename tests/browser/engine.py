"""The browser of this machine, driven by playwright; without either, these tests skip."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("playwright", reason="the package playwright is not installed")
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

__all__ = ["Browser", "BrowserContext", "Locator", "Page", "Response", "expect"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
ABSENT = f"no browser: none of {', '.join(NAMES)} is on PATH (Debian: apt-get install chromium)"
FLAGS = (
    "--no-sandbox",  # root has none
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other host is ever reached
    "--force-color-profile=srgb",
)


def program() -> str | None:
    """Return the path of the installed browser, or None; nothing is downloaded."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yield a browser without a window; raise RuntimeError where none is installed."""
    found = program()
    if found is None:
        raise RuntimeError(ABSENT)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
