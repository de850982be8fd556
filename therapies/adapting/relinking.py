"""Links within a page's texts, led to other pages."""

import json
import re
from collections.abc import Mapping
from typing import Any

from wagtail.blocks import PageChooserBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from therapies.content_walk import texts_of


def relinked(page: Page, pairs: Mapping[int, Page]) -> dict[str, Any]:
    """Return those fields of `page` that hold texts, each link to a key of `pairs` led to its page."""
    texts = texts_of(type(page))
    return {text.name: _relink_field(text, getattr(page, text.name), pairs) for text in texts}


def _relink_field(field: Any, value: Any, pairs: Mapping[int, Page]) -> Any:
    if isinstance(field, RichTextField):
        return _relink(value, pairs)
    return field.to_python(json.dumps(_relink(value.get_prep_value(), pairs, field.stream_block)))


# Not a walk over leaves (`content_walk`): what is written anew keeps its shape, unknown blocks included.
def _relink(value: Any, pairs: Mapping[int, Page], block: Any = None) -> Any:
    """Return a stored `value` of `block`, None for one of an unknown kind, with its links led on."""
    match value:
        case str():
            return FIND_A_TAG.sub(lambda tag: _relink_tag(tag, pairs), value)
        case list():
            return [_relink(item, pairs, block) for item in value]
        case {"type": name, "value": inner}:
            return {**value, "value": _relink(inner, pairs, _child(block, name))}
        case dict():
            return {key: _relink(item, pairs, _child(block, key)) for key, item in value.items()}
        case int() if isinstance(block, PageChooserBlock) and value in pairs:
            return pairs[value].pk
    return value


def _child(block: Any, name: str) -> Any:
    """Return the block within `block` by this name; of a list, each of its items."""
    return getattr(block, "child_block", None) or getattr(block, "child_blocks", {}).get(name)


def _relink_tag(tag: re.Match[str], pairs: Mapping[int, Page]) -> str:
    """Lead a link on; Wagtail stores links in one spelling, which its own expressions read."""
    attributes = extract_attrs(tag[1])
    key = attributes.get("id", "")
    if attributes.get("linktype") != "page" or not key.isdecimal() or int(key) not in pairs:
        return tag[0]
    return tag[0].replace(f' id="{key}"', f' id="{pairs[int(key)].pk}"')
