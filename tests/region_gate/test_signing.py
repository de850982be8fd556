"""Gate addresses: what is signed, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region_gate.signing import (
    LONGEST_QUERY,
    ForgedError,
    Keys,
    MalformedError,
    Passage,
    RefusedError,
    gate_address,
    read,
)

KEYS = Keys("new", "old")
PASSAGE = Passage("https://evil.test/a?b=c&d=e%20f#g+h", "us")


def query_of(passage: Passage, keys: Keys = KEYS) -> str:
    return gate_address("/leaving/", passage, keys).partition("?")[2]


def test_a_gate_address_holds_destination_region_and_signature():
    address = gate_address("/de/leaving/", PASSAGE, KEYS)
    assert address.startswith("/de/leaving/?to=https://evil.test/a?b=c%26d=e%2520f%23g%2Bh&from=us&sig=")
    assert address.isascii()


def test_a_gate_address_is_always_the_same():
    assert query_of(PASSAGE) == query_of(PASSAGE, Keys("new"))


@pytest.mark.parametrize("passage", [PASSAGE, Passage("mailto:x", ""), Passage("https://a.test/", "ü&=#")])
def test_what_was_signed_is_read_back(passage):
    assert read(query_of(passage), KEYS) == passage


def test_an_older_key_still_verifies_but_no_longer_signs():
    assert read(query_of(PASSAGE, Keys("old")), KEYS) == PASSAGE
    with pytest.raises(ForgedError):
        read(query_of(PASSAGE, KEYS), Keys("old"))


def test_a_key_is_needed():
    with pytest.raises(ValueError, match="no secret"):
        Keys()


@pytest.mark.parametrize("passage", [Passage("https://a.test/\nx", "us"), Passage("https://a.test/", "us\n")])
def test_a_line_break_is_never_signed(passage):
    with pytest.raises(ValueError, match="line break"):
        KEYS.sign(passage)


GOOD = query_of(PASSAGE)
TO, FROM, SIGNATURE = GOOD.split("&")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "x",
        TO,
        f"{TO}&{FROM}",
        f"{TO}&{SIGNATURE}",
        f"{FROM}&{SIGNATURE}",
        f"{GOOD}&{TO}",
        f"{GOOD}&{SIGNATURE}",
        f"{TO}&{TO}&{SIGNATURE}",
        f"{GOOD}&x=1",
        f"{GOOD}&x",
        f"{GOOD}&",
        f"{TO}&{FROM}&SIG={SIGNATURE[4:]}",
        f"{TO}é&{FROM}&{SIGNATURE}",
        f"{TO}%ff&{FROM}&{SIGNATURE}",
        f"{TO}{'x' * LONGEST_QUERY}&{FROM}&{SIGNATURE}",
        f"{TO};{FROM};{SIGNATURE}",
    ],
)
def test_a_malformed_address_is_refused(query):
    with pytest.raises(MalformedError) as refused:
        read(query, KEYS)
    assert refused.value.query == query


@pytest.mark.parametrize(
    "query",
    [
        f"{TO}&{FROM}&sig=",
        f"{TO}&{FROM}&{SIGNATURE[:-1]}",
        f"{TO}&{FROM}&{SIGNATURE}=",
        f"{TO}&{FROM}&{SIGNATURE}%00",
        f"{TO}&{FROM}&sig=%C3%A9",
        f"{TO}&from=&{SIGNATURE}",
        f"{TO}&from=eu&{SIGNATURE}",
        f"{TO}&from=US&{SIGNATURE}",
        f"to=&{FROM}&{SIGNATURE}",
        f"{TO}x&{FROM}&{SIGNATURE}",
        f"{TO}%00&{FROM}&{SIGNATURE}",
        f"to=javascript:alert(1)&{FROM}&{SIGNATURE}",
        f"to=&from=us%0Ahttps://evil.test/&{SIGNATURE}",
    ],
)
def test_a_forged_address_is_refused(query):
    with pytest.raises(ForgedError):
        read(query, KEYS)


def test_a_line_break_cannot_be_moved_from_one_value_to_the_other():
    signature = Keys("k").sign(Passage("b", "a"))
    assert Keys("k").has_signed(Passage("b", "a"), signature)
    assert not Keys("k").has_signed(Passage("", "a\nb"), signature)
    assert not Keys("k").has_signed(Passage("a\nb", ""), signature)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=40)


@given(TEXT, TEXT, TEXT, TEXT)
def test_the_signature_binds_both_values(to, origin, other_to, other_origin):
    signature = KEYS.sign(Passage(to, origin))
    is_same = (to, origin) == (other_to, other_origin)
    assert KEYS.has_signed(Passage(other_to, other_origin), signature) is is_same


@given(st.integers(0, len(GOOD) - 1), st.sampled_from("aZ09-_.~/&=%+;\x00é"))
def test_any_changed_letter_is_refused_or_means_the_same(position, letter):
    changed = GOOD[:position] + letter + GOOD[position + 1 :]
    try:
        assert read(changed, KEYS) == PASSAGE
    except RefusedError:
        assert changed != GOOD


@given(TEXT, TEXT)
def test_whatever_is_signed_is_read_back(to, origin):
    passage = Passage(to, origin)
    assert read(query_of(passage), KEYS) == passage
