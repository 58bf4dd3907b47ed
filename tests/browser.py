"""A real headless Chromium, driven by ChromeDriver; what a page logs and asks for is kept."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDED = {"chromium": "chromium", "chromedriver": "chromium-driver"}
"""Program → the Debian package that brings it."""


class Browser:
    """One window of the browser."""

    def __init__(self, driver: object) -> None:
        self.driver: object = driver

    def open(self, page: Path | str) -> None:
        url = page if isinstance(page, str) else page.resolve().as_uri()
        self.driver.get(url)  # type: ignore[attr-defined]

    def run(self, script: str, *arguments: object) -> object:
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)  # type: ignore[attr-defined]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.run(
                "document.body.dispatchEvent(new KeyboardEvent('keydown',"
                "{key: arguments[0], bubbles: true, cancelable: true}))",
                key,
            )

    def type(self, keys: str) -> None:
        """Keys as a hand presses them."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(keys).perform()  # type: ignore[arg-type]

    def call(self, command: str, words: dict[str, object]) -> object:
        """What a command of the DevTools gives back."""
        return self.driver.execute_cdp_cmd(command, words)  # type: ignore[attr-defined]

    def until(self, script: str) -> None:
        """Wait for a script to return something true; fails after ten seconds."""
        from selenium.webdriver.support.wait import WebDriverWait

        WebDriverWait(self.driver, 10).until(lambda driver: driver.execute_script(script))  # type: ignore[arg-type, attr-defined]

    def text(self, selector: str) -> str:
        """The words that are seen of the first element."""
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def complaints(self) -> list[str]:
        """What the console has been told."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[attr-defined]

    def requests(self) -> list[str]:
        """Every address that has been asked for, but for what stands in the page itself."""
        told = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]  # type: ignore[attr-defined]
        asked = [
            step["params"]["request"]["url"]
            for step in told
            if step["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked if not url.startswith(("data:", "chrome:", "about:"))]


@contextmanager
def browser(wide: int = 1440, high: int = 900) -> Iterator[Browser]:
    """A window of this size; skipped where there is no browser, unless PODVIZ_NO_SKIPS is set."""
    lacking = [package for name, package in NEEDED.items() if not shutil.which(name)]
    if lacking:
        words = f"no browser: apt-get install {' '.join(lacking)}"
        pytest.fail(words) if os.environ.get("PODVIZ_NO_SKIPS") else pytest.skip(words)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for word in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        f"--window-size={wide},{high}",
    ):  # fmt: skip
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
