"""Follow the package's README in new projects, as somebody would who has never seen the gate.

`python tests/region_gate/newcomer.py 7.4 8.0` makes a project by `wagtail start` for each version of Wagtail,
does literally what the README says under "Put it on a site", and crosses in real Chromium. Needs uv, and
Playwright with Chromium for the last step; downloads packages.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
PORT = 8747
HOME = f"http://localhost:{PORT}"
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
WORDS = {
    "cross_region_notice.txt": "You are leaving this region\n\nWhat follows is written for another one.\n",
    "third_party_notice.txt": "You are leaving this site\n\nWhat follows is somebody else's.\n",
}
# Two regions, as an editor makes them, on the site where it is served.
PAGES = f"""
from wagtail.models import Site
from home.models import HomePage
site = Site.objects.get()
site.hostname, site.port = "localhost", {PORT}
site.save()
for title, slug in (("Europe", "eu"), ("America", "us")):
    site.root_page.add_child(instance=HomePage(title=title, slug=slug)).save_revision().publish()
"""
LINKS = '{% block content %}<a href="/us/">To America</a> <a href="https://www.example.org/">Elsewhere</a>'


def steps() -> list[str]:
    """Return the README's blocks of code: settings, URLs, template, commands."""
    text = (
        (ROOT / "region_gate/README.md").read_text().partition("## Put it on a site")[2].partition("\n## ")[0]
    )
    return [re.sub(r"^   ", "", code, flags=re.MULTILINE) for _language, code in BLOCK.findall(text)]


def run(*command: object, cwd: Path) -> None:
    """Run `command`, shown with all that it says; end here if it fails."""
    print("$", *[Path(str(part)).name if str(part).startswith("/") else part for part in command], flush=True)
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)


def append(path: Path, code: str) -> int:
    """Append `code`, and return how many lines that is."""
    path.write_text(f"{path.read_text()}\n{code}")
    return len(code.splitlines())


def follow(wagtail: str, folder: Path) -> None:
    """Make a project with Wagtail `wagtail`, do what the README says, and say how many lines it took."""
    python, site = folder / "venv/bin/python", folder / "mysite"
    run(UV, "venv", "-q", "venv", cwd=folder)
    run(UV, "pip", "install", "-q", "--python", python, f"wagtail=={wagtail}.*", cwd=folder)
    run(folder / "venv/bin/wagtail", "start", "mysite", cwd=folder)
    run(UV, "pip", "install", "-q", "--python", python, ROOT / "region_gate", cwd=folder)
    settings, urls, tag, commands = steps()
    lines = append(site / "mysite/settings/base.py", settings) + append(site / "mysite/urls.py", urls)
    base = site / "mysite/templates/base.html"
    base.write_text(base.read_text().replace("<head>", f"<head>\n{tag.strip()}", 1))
    for name, words in WORDS.items():
        (site / "notices/1.0").mkdir(parents=True, exist_ok=True)
        (site / "notices/1.0" / name).write_text(words)
    print(
        f"Lines written: {lines + len(tag.splitlines())}, of them {_of_the_setting(settings)} of REGION_GATE"
    )
    page = site / "home/templates/home/home_page.html"
    page.write_text(page.read_text().replace("{% block content %}", LINKS, 1))
    migrate, *rest = (line.split()[1:] for line in commands.splitlines())
    run(python, *migrate, "-v0", cwd=site)
    run(python, "manage.py", "shell", "-c", PAGES, cwd=site)
    for command in rest:
        run(python, *command, cwd=site)
    with served(python, site):
        cross()


def _of_the_setting(settings: str) -> int:
    return len(settings[settings.index("REGION_GATE") :].splitlines())


@contextmanager
def served(python: Path, site: Path):
    """Serve the site while this lasts."""
    command = [str(python), "manage.py", "runserver", "--noreload", f"localhost:{PORT}"]
    server = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait()
        yield
    finally:
        server.terminate()
        server.wait()


def wait() -> None:
    """Wait until the site answers, for two minutes at most."""
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{HOME}/eu/").close()  # noqa: S310 - our own address
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"{HOME} does not answer.")


def cross() -> None:
    """Cross to another region and to a third party, with scripts and without, and say what was met."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scripts in (True, False):
            page = browser.new_context(java_script_enabled=scripts).new_page()
            for link, heading in (("To America", "leaving this region"), ("Elsewhere", "leaving this site")):
                page.goto(f"{HOME}/eu/")
                page.get_by_role("link", name=link).click()
                met = page.get_by_role("heading", level=1, name=heading)
                met.wait_for()
                where = "dialog" if page.locator("dialog[open]").count() else "page"
                to = page.get_by_role("link", name="Continue").get_attribute("href")
                mode = "scripts on" if scripts else "scripts off"
                print(f"{mode}: {link!r}: {where}: {met.inner_text()!r}, Continue to {to}")
        browser.close()


if __name__ == "__main__":
    for version in sys.argv[1:] or ("7.4", "8.0"):
        print(f"\n=== Wagtail {version}", flush=True)
        with tempfile.TemporaryDirectory() as place:
            follow(version, Path(place))
