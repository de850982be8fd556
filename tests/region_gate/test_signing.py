"""Gate addresses: what is signed, and what is refused."""

from base64 import urlsafe_b64encode
from string import ascii_letters, digits
from urllib.parse import quote

import pytest
from django.utils.crypto import salted_hmac
from hypothesis import given
from hypothesis import strategies as st

from region_gate.links.destinations import MAX_URL_LENGTH
from region_gate.links.signing import (
    MAX_PARAMETERS,
    MAX_QUERY_LENGTH,
    ForgedError,
    InvalidSignatureError,
    Keys,
    Loan,
    MalformedError,
    Salt,
    Signed,
    SignedCrossing,
    draft_address,
    gate_address,
    read,
)

KEYS = Keys("new", "old")
CROSSING = SignedCrossing("https://evil.test/a?b=c&d=e%20f#g+h", "us")


def query_of(crossing: SignedCrossing, keys: Keys = KEYS) -> str:
    return gate_address("/leaving/", crossing, keys).partition("?")[2]


def test_a_gate_address_holds_destination_region_and_signature():
    address = gate_address("/de/leaving/", CROSSING, KEYS)
    assert address.startswith("/de/leaving/?to=https://evil.test/a?b=c%26d=e%2520f%23g%2Bh&from=us&sig=")
    assert address.isascii()


def test_a_gate_address_is_always_the_same():
    assert query_of(CROSSING) == query_of(CROSSING, Keys("new"))


@pytest.mark.parametrize(
    "crossing", [CROSSING, SignedCrossing("mailto:x", ""), SignedCrossing("https://a.test/", "ü&=#")]
)
def test_what_was_signed_is_read_back(crossing):
    assert read(query_of(crossing), KEYS) == Signed(crossing, Salt.LIVE)


def test_an_older_key_still_verifies_but_no_longer_signs():
    assert read(query_of(CROSSING, Keys("old")), KEYS).crossing == CROSSING
    with pytest.raises(ForgedError):
        read(query_of(CROSSING, KEYS), Keys("old"))


def test_a_key_is_needed():
    with pytest.raises(ValueError, match="no secret"):
        Keys()


@pytest.mark.parametrize(
    "crossing", [SignedCrossing("https://a.test/\nx", "us"), SignedCrossing("https://a.test/", "us\n")]
)
def test_a_line_break_is_never_signed(crossing):
    with pytest.raises(ValueError, match="line break"):
        KEYS.sign(crossing)


GOOD = query_of(CROSSING)
TO, FROM, SIGNATURE = GOOD.split("&")
LOAN = Loan("7", "1800000000")
DRAFT = draft_address("/leaving/", CROSSING, LOAN, KEYS).partition("?")[2]


FIELDS = [TO, FROM, SIGNATURE]
CAMPAIGNS = [
    *("fbclid=IwAR0_x-1", "gclid=Cj0K", "_gl=1*abc*_ga*MTIz", "utm_source=news&utm_medium=e-mail", "x", "=x"),
    *("", "TO=https://evil.test/", "to%5B%5D=https://evil.test/", "from%20=eu", "é=é", "%ff=%ff", "sig;=x"),
]


@pytest.mark.parametrize("place", range(4), ids=["before", "between", "later", "after"])
@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_what_others_append_is_ignored(campaign, place):
    query = "&".join([*FIELDS[:place], campaign, *FIELDS[place:]])
    assert read(query, KEYS) == Signed(CROSSING, Salt.LIVE)


TRAILING = [
    ".",
    ",",
    ")",
    ";",
    ">",
    '"',
    "'",
    "...",
    ").",
    "%2E",
    "%29",
    "%3E",
    "%22",
    "%27",
    "%E2%80%9D",
    "%C2%BB",
]


@pytest.mark.parametrize("trailing", [*TRAILING, "%20", "+", "&", "&&", "&quot;", "&gt;", ").&"])
def test_what_texts_leave_behind_an_address_is_ignored(trailing):
    assert read(GOOD + trailing, KEYS).crossing == CROSSING
    assert read(f"{GOOD}{trailing}&utm_source=x", KEYS).crossing == CROSSING
    assert read(DRAFT + trailing, KEYS).loan == LOAN


@pytest.mark.parametrize("ampersand", ["&amp;", "&amp;amp;", "&amp%3B", "&&", "&amp;&"])
def test_an_escaped_ampersand_is_one(ampersand):
    assert read(GOOD.replace("&", ampersand), KEYS).crossing == CROSSING
    assert read(f"{GOOD}{ampersand}utm_source=x", KEYS).crossing == CROSSING


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
        f"{GOOD}&amp;{TO}",
        f"{GOOD}&%74o=x",
        f"{GOOD}&amp;amp;from=us",
        f"{GOOD}&to",
        f"{GOOD}&fbclid=1&sig=",
        f"{FROM}&{FROM}&{SIGNATURE}",
        f"{TO}&xamp;{FROM}&{SIGNATURE}",
        f"{TO}&amp;x{FROM}&{SIGNATURE}",
        GOOD.replace("&", "&#38;"),
        GOOD.replace("&", "%26"),
        f"{TO}&{FROM}&SIG={SIGNATURE[4:]}",
        f"{TO}é&{FROM}&{SIGNATURE}",
        f"{TO}%ff&{FROM}&{SIGNATURE}",
        f"{TO}{'x' * MAX_QUERY_LENGTH}&{FROM}&{SIGNATURE}",
        f"{GOOD}&fbclid={'x' * MAX_QUERY_LENGTH}",
        GOOD + "&x" * MAX_PARAMETERS,
        f"{GOOD[:-1]}%ff",
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
        f"{TO}&{FROM}&sig=.{SIGNATURE[4:]}",
        f"{TO}.&{FROM}&{SIGNATURE}",
        f"{TO}&{FROM}.&{SIGNATURE}",
        f"{TO}&utm_source=x&{FROM}&sig={'.' * 43}",
        f"to=https://evil.test/&{FROM}&{SIGNATURE}&utm_source=https://evil.test/",
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
    signature = Keys("k").sign(SignedCrossing("b", "a"))
    assert Keys("k").salt_of(SignedCrossing("b", "a"), signature) is Salt.LIVE
    assert Keys("k").salt_of(SignedCrossing("", "a\nb"), signature) is None
    assert Keys("k").salt_of(SignedCrossing("a\nb", ""), signature) is None


def longest(filling: str) -> SignedCrossing:
    """Return the crossing to an address as long as the gate lets through, made of `filling`."""
    start = "https://evil.test/?"
    return SignedCrossing((start + filling * MAX_URL_LENGTH)[:MAX_URL_LENGTH], "ü" * 50)


@pytest.mark.parametrize("filling", ["a", "&", "%26", "%", "#", "+", "/?", "=&", "a&", "'"])
def test_a_gate_address_is_never_too_long_for_a_proxy(filling):
    crossing = longest(filling)
    address = f"https://{'h' * 253}.test:65535" + draft_address("/zh-hant/leaving/", crossing, LOAN, KEYS)
    assert len(address) < 8000
    assert address.isascii()
    assert read(address.partition("?")[2], KEYS).crossing == crossing
    assert read(query_of(crossing), KEYS).crossing == crossing


def test_a_long_destination_is_written_so_that_it_cannot_be_taken_for_an_address():
    to = query_of(longest("&")).partition("&")[0].removeprefix("to=")
    assert set(to) <= {*ascii_letters, *digits, "-", "_"}
    assert query_of(longest("&")) == query_of(longest("&"), Keys("new"))
    assert query_of(longest("a")).startswith("to=https://evil.test/?aaa")


def test_a_long_destination_that_was_quoted_still_opens():
    crossing = SignedCrossing("https://evil.test/?" + "&" * 1900, "us")
    quoted = f"to={quote(crossing.to, ':/?=')}&from=us&sig={KEYS.sign(crossing)}"
    assert len(quoted) > len(query_of(crossing))
    assert read(quoted, KEYS).crossing == crossing


LONG = query_of(longest("&"))


@pytest.mark.parametrize(
    "query",
    [
        LONG.replace("to=", "to=="),
        LONG.replace("&from", "=&from"),
        LONG.replace("&from", "%3D&from"),
        LONG.replace("&from", "A&from"),
        LONG.replace("&from", "AAAA&from"),
        LONG.replace("to=", "to=+"),
        LONG.replace("to=a", "to=%0Aa"),
        LONG.replace("to=aH", "to=AA"),
        LONG.replace("to=", "to=_"),
        f"to=____&{FROM}&{SIGNATURE}",
        f"to={SIGNATURE[4:]}&{FROM}&{SIGNATURE}",
        f"to=aHR0cHM6Ly9ldmlsLnRlc3Q&{FROM}&{SIGNATURE}",
    ],
)
def test_a_long_destination_that_was_changed_is_refused(query):
    assert query != LONG
    with pytest.raises(InvalidSignatureError):
        read(query, KEYS)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=40)


@given(TEXT, TEXT, TEXT, TEXT)
def test_the_signature_binds_both_values(to, origin, other_to, other_origin):
    signature = KEYS.sign(SignedCrossing(to, origin))
    is_same = (to, origin) == (other_to, other_origin)
    assert (KEYS.salt_of(SignedCrossing(other_to, other_origin), signature) is Salt.LIVE) is is_same


@given(st.integers(0, len(GOOD) - 1), st.sampled_from("aZ09-_.~/&=%+;\x00é"))
def test_any_changed_letter_is_refused_or_means_the_same(position, letter):
    changed = GOOD[:position] + letter + GOOD[position + 1 :]
    try:
        assert read(changed, KEYS).crossing == CROSSING
    except InvalidSignatureError:
        assert changed != GOOD


@given(TEXT, TEXT)
def test_whatever_is_signed_is_read_back(to, origin):
    crossing = SignedCrossing(to, origin)
    assert read(query_of(crossing), KEYS).crossing == crossing


def test_a_draft_signs_for_somebody_and_until_a_time():
    assert "&for=7&until=1800000000&sig=" in DRAFT
    assert read(DRAFT, KEYS) == Signed(CROSSING, Salt.DRAFT, LOAN)


def test_a_drafts_signature_is_good_for_nothing_else():
    signature = KEYS.sign_draft(CROSSING, LOAN)
    assert KEYS.salt_of(CROSSING, signature) is None
    assert KEYS.salt_of(CROSSING, KEYS.sign(CROSSING), LOAN) is None
    assert KEYS.salt_of(CROSSING, signature, Loan("8", LOAN.until)) is None
    assert KEYS.salt_of(CROSSING, signature, Loan("7", "1900000000")) is None
    assert KEYS.salt_of(CROSSING, signature, Loan("7\n1800000000", "")) is None


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (f"{TO}&{FROM}&{DRAFT.partition('&sig=')[2]}", MalformedError),
        (f"{TO}&{FROM}&sig={DRAFT.partition('&sig=')[2]}", ForgedError),
        (DRAFT.replace("&for=7", ""), MalformedError),
        (DRAFT.replace("&until=1800000000", ""), MalformedError),
        (DRAFT.replace("for=7", "for=8"), ForgedError),
        (DRAFT.replace("for=7", "for="), ForgedError),
        (DRAFT.replace("until=1800000000", "until=1900000000"), ForgedError),
        (f"{DRAFT}&until=1900000000", MalformedError),
        (f"{GOOD}&for=7&until=1800000000", ForgedError),
        (f"{GOOD}&for=7&for=8", MalformedError),
    ],
)
def test_a_draft_is_not_stretched(query, error):
    with pytest.raises(error):
        read(query, KEYS)


def test_what_was_signed_earlier_is_told_apart():
    mac = salted_hmac("region_gate", f"us\n{CROSSING.to}".encode(), "old", algorithm="sha256")
    signature = urlsafe_b64encode(mac.digest()).decode().rstrip("=")
    assert read(f"{TO}&{FROM}&sig={signature}", KEYS) == Signed(CROSSING, Salt.EARLIER)
