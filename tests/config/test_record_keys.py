"""The keys that sign the record: read from the environment, rotated, published."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ImproperlyConfigured

from config.record_keys import RecordKeys, _bytes, read_keys, signer
from region_gate.signatures import Signature

KEY = "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDM"
OTHER = "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDQ"


def test_a_signature_holds_for_its_words_alone():
    keys = RecordKeys(KEY)
    signed = keys.sign("words")
    assert keys.verifies("words", signed)
    assert not keys.verifies("word", signed)
    assert not keys.verifies("words", Signature(signed.key, signed.value[:-2] + "AA"))
    assert not keys.verifies("words", Signature())
    assert not RecordKeys(OTHER).verifies("words", signed)
    assert RecordKeys(OTHER, KEY).verifies("words", signed)


def test_the_public_half_verifies_and_never_signs():
    public = RecordKeys(KEY).published["keys"][0]
    keys = RecordKeys(OTHER, f"public:{public['x']}")
    assert keys.verifies("words", RecordKeys(KEY).sign("words"))
    assert keys.sign("words").key != public["kid"]
    with pytest.raises(ImproperlyConfigured):
        RecordKeys(f"public:{public['x']}")


@pytest.mark.parametrize("written", [["short"], [KEY[:-1]], ["ü" * 43], [KEY, "public:x"], [KEY, ""], [""]])
def test_what_is_no_key_is_refused_at_the_start(written):
    with pytest.raises(ImproperlyConfigured, match="RECORD_SIGNING_KEY has to be 32 random bytes"):
        read_keys(written)
    assert read_keys([]) == []


@pytest.mark.django_db
def test_the_public_keys_are_published(client):
    answer = client.get("/.well-known/record-keys.json")
    (key,) = answer.json()["keys"]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
    assert "d" not in key
    signed = signer().sign("words")
    assert signed.key == key["kid"]
    Ed25519PublicKey.from_public_bytes(_bytes(key["x"])).verify(_bytes(signed.value), b"words")
    assert client.post("/.well-known/record-keys.json").status_code == 405


@pytest.mark.django_db
def test_a_rotated_key_is_published_at_once(client, settings):
    settings.PAGE_CACHE = True
    before, after = (keys_told(client, settings, *new) for new in ((), (OTHER,)))
    assert after.json()["keys"][1:] == before.json()["keys"]
    assert after["Cache-Control"] == "no-cache"


def keys_told(client, settings, *new: str):
    """Return what the site answers once it has `new` keys before its own."""
    settings.RECORD_KEYS = [*new, *settings.RECORD_KEYS]
    return client.get("/.well-known/record-keys.json", headers={"host": "localhost"})
