"""The page as a stranger meets it: `python -m bot` without a token, in a real browser."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parents[1]
QUESTION = "whats the difference between an mle and a data scientist"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PATIENCE = 20_000


@pytest.fixture(autouse=True)
def warm(library, learned, tmp_path):
    """What the shipped knowledge is compiled to and what was learned from it, where the processes of a test look for it."""
    assert library.assistant
    shutil.copytree(learned, tmp_path / "data" / "knowledge")


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@contextlib.contextmanager
def serving(folder, *arguments, **variables):
    """The process, and the address that it prints."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "DATA_DIR": "data",
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if found := re.search(r"http://127\.0\.0\.1:(\d+)/\S+", line):
                    yield process, found[0], int(found[1]), lines
                    break
            else:
                pytest.fail(f"no address was printed: {lines} {process.stderr.read()}")
        finally:
            process.kill()


def end(process, number=signal.SIGINT):
    process.send_signal(number)
    out, errors = process.communicate(timeout=30)
    return process.returncode, out, errors


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    def opened(url):
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.goto(url)
        # The page first tells the server its size, and sends nothing else meanwhile.
        expect(page.get_by_text("Viewport updated").first).to_be_visible(timeout=PATIENCE)
        return page

    return opened


def ask(page, text):
    composer = page.get_by_placeholder("Message #ask-rolewise")
    composer.fill(text)
    expect(page.get_by_role("button", name="Send")).to_be_enabled(timeout=PATIENCE)
    composer.press("Enter")


@needs_browser
def test_question_typed_on_the_page_is_answered_and_its_menu_works(tmp_path, open_page):
    with serving(tmp_path) as (process, url, _, lines):
        assert "DISCORD_TOKEN is not set" in lines[0]
        page = open_page(url)
        expect(page.get_by_text("Ask me about data and AI roles").last).to_be_visible(timeout=PATIENCE)
        ask(page, QUESTION)
        heading = page.get_by_role("heading", name="Machine Learning Engineer vs. Data Scientist")
        expect(heading).to_be_visible(timeout=PATIENCE)
        answer = page.locator("article, li, div.message").filter(has=heading).last
        for part in ("What it is", "Only Data Scientist", "Only Machine Learning Engineer", "Sources:"):
            expect(answer.get_by_text(part).first).to_be_visible(timeout=PATIENCE)
        page.screenshot(path=tmp_path / "answer.png")
        assert (tmp_path / "answer.png").stat().st_size > 20_000

        page.get_by_role("combobox", name="Choose a section").last.click()
        page.get_by_role("option", name="Education").click()
        expect(
            page.get_by_role("heading", name="Machine Learning Engineer vs. Data Scientist: Education")
        ).to_be_visible(timeout=PATIENCE)
        page.screenshot(path=tmp_path / "education.png")

        code, _, errors = end(process)
        assert code == 0
        assert not errors or re.fullmatch(r"Port \d+ is taken, so the page has another\.\n", errors)


@needs_browser
def test_question_on_pay_shows_its_chart_with_the_numbers_in_words(tmp_path, open_page):
    with serving(tmp_path, "preview", "--port", "0") as (process, url, _, _lines):
        page = open_page(url)
        ask(page, "who earns more, DS or MLE?")
        picture = page.get_by_alt_text(re.compile(r"Data Scientist: \$157,000, middle half")).last
        expect(picture).to_have_js_property("naturalWidth", 720, timeout=PATIENCE)
        code, _, errors = end(process)
        assert (code, errors) == (0, "")


@needs_browser
def test_edited_knowledge_is_served_on_the_page(tmp_path, open_page):
    folder = tmp_path / "mine"
    (folder / "faq").mkdir(parents=True)
    entry = "id: verified\nquestions:\n  - how do I get verified here\nanswer: {}\n"
    (folder / "faq" / "verified.yaml").write_text(entry.format("Ask a moderator."))
    with serving(tmp_path, "preview", "--port", "0", "--knowledge", "mine") as (process, url, _, _lines):
        page = open_page(url)
        ask(page, "how do I get verified here")
        expect(page.get_by_text("Ask a moderator.").last).to_be_visible(timeout=PATIENCE)
        (folder / "faq" / "verified.yaml").write_text(entry.format("Read the rules."))
        for line in process.stderr:
            if "knowledge reloaded" in line:
                break
        ask(page, "how do I get verified here ?")
        expect(page.get_by_text("Read the rules.").last).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_page_with_nothing_to_complain_about(number, tmp_path):
    with serving(tmp_path, "preview", "--no-browser", "--port", "0") as (process, _, _, _lines):
        code, _, errors = end(process, number)
        assert (code, errors) == (0, "")


def test_taken_port_is_told_and_another_is_used(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        with serving(tmp_path, "preview", "--port", str(wanted)) as (process, _, port, _lines):
            assert port != wanted
            _, _, errors = end(process)
            assert errors == f"Port {wanted} is taken, so the page has another.\n"


def test_wanted_port_is_used(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        wanted = free.getsockname()[1]
    with serving(tmp_path, "preview", "--port", str(wanted)) as (_, _, port, _lines):
        assert port == wanted


def test_browser_is_opened_where_there_is_one(tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    with serving(tmp_path, "preview", BROWSER=str(browser)) as (process, url, _, _lines):
        end(process)
        assert opened.read_text().strip() == url


def test_browser_is_not_opened_when_that_is_not_wanted(tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {opened}\n")
    browser.chmod(0o755)
    with serving(tmp_path, "preview", "--no-browser", BROWSER=str(browser)) as (process, _, _, _lines):
        end(process)
        assert not opened.exists()
