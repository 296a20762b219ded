"""The pictures in docs/screenshots: every role's main pages of a fresh demo office, desktop and phone.

`make screenshots` starts a portal of its own in a temporary directory; `--url` and `--logins` take a running one.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(__file__).resolve().parent / "screenshots"
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
FIRST_CASE = "a[href^='/cases/440']"
PAGES = {
    "clerk": [
        "/cases/desk/",
        "/cases/new/",
        "/cases/",
        "case:/cases/?state=handling",
        "/communities/",
        "/cases/views/",
        "/cases/export/",
        "/account/",
        "/account/tokens/",
    ],
    "officer": ["/cases/mine/", "case:/cases/mine/", "/inbox/"],
    "teamleader": ["/cases/mine/"],
    "leader": ["/cases/overdue/", "/cases/approvals/", "case:/cases/overdue/"],
    "liaison": ["/cases/escalations/", "case:/cases/escalations/"],
    "admin": ["/setup/", "/standards/", "/calendar/", "/operations/"],
    "secadmin": ["/users/"],
    "auditor": ["/audit/"],
}
IN_ENGLISH = {"clerk": ["/cases/desk/", "/cases/new/", "/cases/"], "officer": ["/cases/mine/"]}
CHINESE, ENGLISH = "zh-hans", "en"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def own_portal() -> Iterator[tuple[str, Path]]:
    """A portal with the demo office in a temporary directory: its address and its file of log-ins."""
    with tempfile.TemporaryDirectory(prefix="citymgmt-") as directory:
        port = free_port()
        command = [sys.executable, "manage.py", "run_portal", "--port", str(port)]
        portal = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "VAR_DIR": directory})
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/healthz")
            yield url, Path(directory) / "demo-logins.json"
        finally:
            portal.terminate()
            portal.wait(60)


def _wait_for(url: str, seconds: int = 300) -> None:
    for _second in range(seconds):
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(1)
    raise SystemExit(f"{url} did not answer within {seconds} s")


def take(browser: Browser, url: str, role: str, password: str) -> None:
    """Log in as a role and photograph its pages in both sizes: all in Chinese, a few in English."""
    for size, viewport in SIZES.items():
        context = browser.new_context(viewport=viewport, locale="zh-CN", device_scale_factor=1)
        page = context.new_page()
        page.goto(f"{url}/login/")
        page.fill("input[name=username]", role)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state("networkidle")
        for address in PAGES[role]:
            _photograph(page, url, address, TARGET / f"{role}-{_name(address)}-{size}.jpg")
        if role in IN_ENGLISH:
            _speak(page, ENGLISH)
            for address in IN_ENGLISH[role]:
                _photograph(page, url, address, TARGET / f"{role}-{_name(address)}-{size}-en.jpg")
            _speak(page, CHINESE)
        context.close()


def _speak(page: Page, language: str) -> None:
    """Switch the language as people do; it stays with the account."""
    button = page.locator(f".topbar button[name=language][value={language}]")
    if button.count():
        button.click()
        page.wait_for_load_state("networkidle")


def _name(address: str) -> str:
    kind, _colon, path = address.rpartition(":")
    words = [word for word in path.partition("?")[0].split("/") if word and word != "cases"]
    return "-".join(([kind] if kind else []) + words) or ("home" if path == "/" else "list")


def _photograph(page: Page, url: str, address: str, target: Path) -> None:
    page.goto(url + address.removeprefix("case:"))
    if address.startswith("case:"):
        links = page.locator(f"main {FIRST_CASE}")
        page.goto(url + str(links.first.get_attribute("href")))
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(target), type="jpeg", quality=80)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--logins", type=Path)
    options = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    if options.url:
        photograph_all(options.url, options.logins)
        return
    with own_portal() as (url, logins):
        photograph_all(url, logins)


def photograph_all(url: str, logins: Path) -> None:
    """Photograph the portal at `url` as every role."""
    passwords = json.loads(logins.read_text("utf-8"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for role in PAGES:
            take(browser, url, role, passwords[role])
        browser.close()


if __name__ == "__main__":
    main()
