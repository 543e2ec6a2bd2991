"""The pictures of the README can be drawn again and stay small."""

import struct
from pathlib import Path

from tests.browser.engine import Browser
from tests.browser.pictures import FOLDER, MOST_BYTES, PICTURES, REPOSITORY, SIZE, draw


def test_pictures_are_drawn_from_the_pages(browser: Browser, site: str, tmp_path: Path) -> None:
    """Each picture has the stated size, is small enough, and is shown in the README."""
    draw(browser, site, tmp_path)

    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert drawn.keys() == PICTURES.keys() == {path.name for path in FOLDER.iterdir()}
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert all(f'"docs/pictures/{name}"' in readme for name in drawn)
    for picture in drawn.values():
        assert struct.unpack(">II", picture[16:24]) == (SIZE["width"], SIZE["height"])
        assert len(picture) <= MOST_BYTES
