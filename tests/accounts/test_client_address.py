"""Whose address counts, behind proxies that are trusted and others."""

import pytest
from django.test import RequestFactory

from accounts.client_address import client_address, client_network, is_from_trusted_proxy

CASES = [
    # heard from, told, trusted, the client's
    ("203.0.113.9", "", [], "203.0.113.9"),
    ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),
    ("203.0.113.9", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.9"),
    ("10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
    ("10.0.0.1", "1.2.3.4, 198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
    ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"),
    ("10.0.0.1", "10.0.0.9, 10.0.0.2", ["10.0.0.0/8"], "10.0.0.9"),
    ("10.0.0.1", "198.51.100.1, rubbish", ["10.0.0.0/8"], "10.0.0.1"),
    ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1:4711", ["10.0.0.0/8"], "10.0.0.1"),
    ("::1", "2001:db8::7", ["::1/128"], "2001:db8::7"),
    ("::ffff:10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
    ("", "198.51.100.1", ["10.0.0.0/8"], ""),
    ("", "198.51.100.1", ["unix"], "198.51.100.1"),
    ("", "1.2.3.4, 198.51.100.1, 10.0.0.2", ["unix", "10.0.0.0/8"], "198.51.100.1"),
    ("", "", ["unix"], ""),
    ("rubbish", "198.51.100.1", ["unix"], ""),
]


@pytest.mark.parametrize(("heard_from", "told", "trusted", "client"), CASES)
def test_the_clients_address_is(settings, heard_from, told, trusted, client):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=heard_from, HTTP_X_FORWARDED_FOR=told)
    assert client_address(request) == client


@pytest.mark.parametrize(
    ("address", "network"),
    [("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("203.0.113.9", "203.0.113.9"), ("", "")],
)
def test_an_ipv6_address_counts_with_its_neighbours(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("peer", "is_trusted"),
    [("10.0.0.1", True), ("::ffff:10.0.0.1", True), ("203.0.113.9", False), ("", False), ("10.0.0", False)],
)
def test_a_proxy_is_trusted_by_its_own_address(settings, peer, is_trusted):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR="10.0.0.1")
    assert is_from_trusted_proxy(request) is is_trusted
