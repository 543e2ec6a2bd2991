"""The pictures of the README, drawn by `make pictures`."""

from pathlib import Path

from kb.settings import Settings
from tests.browser.engine import Browser, browsing
from tests.browser.reader import Manner, Reader
from tests.browser.site import serving

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "docs" / "pictures"
SIZE = {"width": 800, "height": 800}  # of the window, and of the picture
MOST_BYTES = 150_000  # of a picture
PICTURES = {
    "results.png": "/search?q=cops+out+of+schools",
    "campaign.png": "/d/outcome-denver-school-police-2023",
    "kind.png": "/topics/right-to-counsel",
    "spanish.png": "/search?q=abogado+gratis+contra+el+desalojo&lang=es",
}


def draw(browser: Browser, site: str, folder: Path) -> None:
    """Write one picture of each page in `PICTURES`, in a small window and with light colours."""
    reader = Reader(browser, site, Manner())
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PICTURES.items():
        page = reader.opened(path, viewport=SIZE, color_scheme="light")
        page.screenshot(path=folder / name)
    reader.close()


def main() -> None:
    """Draw the pictures from the index of this checkout."""
    index = Settings.from_environment().index
    with serving(index, REPOSITORY) as site, browsing() as browser:
        draw(browser, site, FOLDER)


if __name__ == "__main__":
    main()
