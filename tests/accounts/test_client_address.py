"""Whose address counts, behind proxies that are trusted and others."""

import pytest
from django.test import RequestFactory

from accounts.client_address import client_address, client_network

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
