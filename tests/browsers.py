"""A real browser for the tests of the page: what it says, asks for and throws is kept, and has to be nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
)
browsed = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: install the package chromium")


@contextmanager
def start_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@contextmanager
def open_page(browser, address: str | Path, *, fragment: str = "", asks: bool = False, **options) -> Iterator:
    """The page, ready; it fails the test where the page complains, throws or (unless it ``asks``) requests anything."""
    context = browser.new_context(
        **({"viewport": {"width": 1360, "height": 850}, "reduced_motion": "reduce"} | options)
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((address.as_uri() if isinstance(address, Path) else address) + fragment)
    page.wait_for_selector("html[data-ready]")
    yield page
    assert complaints == [], complaints
    assert asks or [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


def search_for(page, name: str) -> None:
    """Finds a thing by its name, as a person would; it is chosen, and lies in the middle of the graph then."""
    page.fill("#search", name)
    page.press("#search", "Enter")


def find_middle(page) -> tuple[float, float]:
    """Where on the screen the middle of the graph is."""
    box = page.locator("#stage").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
