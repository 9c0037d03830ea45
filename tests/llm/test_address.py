"""Addresses of model servers: which are taken, and which of them are this machine."""

import re

import pytest

from llm.address import Address


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1"),
        (" https://api.example.com/openai/v1 ", "https://api.example.com/openai/v1"),
        ("HTTPS://API.Example.com/v1", "https://api.example.com/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_an_address_is_brought_into_one_form(given: str, url: str) -> None:
    assert Address.parse(given).url == url
    assert Address.parse(url).url == url


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://example.com/v1", "http:// or https://"),
        ("127.0.0.1:8080", "http:// or https://"),
        ("file:///etc/passwd", "http:// or https://"),
        ("http://", "names no host"),
        ("http://a b/v1", "names no host"),
        ("http://example.com:port/v1", "is no address"),
        ("http://[::1/v1", "is no address"),
        ("https://anna:s3cret@example.com/v1", "KB_LLM_API_KEY"),
        ("https://example.com/v1?api-key=s3cret", "without ? or #"),
        ("https://example.com/v1#s3cret", "without ? or #"),
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(url: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)) as raised:
        Address.parse(url)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("[::1]", True),
        ("10.0.0.1", False), ("192.168.1.4", False), ("example.com", False),
        ("localhost.example.com", False), ("127.0.0.1.example.com", False), ("[::2]", False),
    ],
)  # fmt: skip
def test_only_what_is_certainly_this_machine_counts_as_local(host: str, local: bool) -> None:
    assert Address.parse(f"http://{host}:8080/v1").local is local


def test_http_can_be_read_on_the_way() -> None:
    assert Address.parse("https://example.com/v1").encrypted
    assert not Address.parse("http://example.com/v1").encrypted


def test_the_origin_is_scheme_host_and_port() -> None:
    origin = Address.parse("http://Example.org/v1").origin
    assert origin == ("http", "example.org", 80)
    assert Address.parse("http://example.org:80/other").origin == origin
    for other in ("https://example.org", "http://example.org:8080", "http://example.com"):
        assert Address.parse(other).origin != origin
    assert Address.parse("https://[::1]").origin == ("https", "::1", 443)
