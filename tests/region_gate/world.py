"""The gate's made-up world: four regions under one host, one of them on its own host, too."""

import json
from pathlib import Path
from typing import Any

from region_gate.html.rewriting import Gate
from region_gate.links.destinations import Viewpoint
from region_gate.links.regions import Address, Regions, RegionSpec
from region_gate.links.signing import Keys

HOST = "www.example.com"
US_PAGE = f"https://{HOST}/us/page/"


def _table(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


CASES = _table("gate_cases.json")
HOSTILE_ADDRESSES = _table("hostile_addresses.json")["addresses"]
INERT_ADDRESSES = _table("inert_addresses.json")
HOSTILE_HTML = _table("hostile_html.json")["html"]


def _region(code: str, *more: Address) -> RegionSpec:
    english, german = Address(HOST, f"/{code}/", "en"), Address(HOST, f"/de/{code}/", "de")
    return RegionSpec(code, code.upper(), (english, german, *more))


REGIONS = Regions(
    (_region("us"), _region("eu"), _region("uk"), _region("jp", Address("jp.example.com", "/"))),
    frozenset({HOST}),
)
KEYS = Keys("a secret")

US_GATE = Gate(Viewpoint.at(US_PAGE, REGIONS), "/leaving/", KEYS)
