"""What an outsider does on a machine of theirs: opens the verifier from a folder, without network or site.

Run by itself: `python -I outsider.py FOLDER`, a folder with verify.html, record-keys.json, authority.pem and
documents. It prints the verdict on each.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import sync_playwright

OURS = ("config", "home", "region_gate", "review", "therapies")


def main(folder: Path) -> None:
    """Print each document's name with what the verifier says of it."""
    print("site:", [name for name in OURS if find_spec(name)])
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        for document in sorted(folder.glob("*.document.html")):
            page.goto((folder / "verify.html").as_uri())
            for field, file in (("authority", "authority.pem"), ("keys", "record-keys.json")):
                page.set_input_files(f"#{field}", folder / file)
            page.set_input_files("#document", document)
            page.wait_for_selector("#verdict:text-matches('enuine|proven')")
            told = page.inner_text("#facts").replace("\n", " ")
            print(f"{document.name}: {page.inner_text('#verdict')}: {told}")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
