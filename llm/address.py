"""The address of a model server, and whether what is sent there leaves this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


class AddressError(ValueError):
    """What was given is no address; neither text nor `reason` repeats it: it may hold a password.

    By the reason the pages have words of their own for it.
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Address:
    """A checked base URL, without a slash at its end; make it with `Address.parse`.

    Example:
        Address.parse("http://127.0.0.1:8080").url  # http://127.0.0.1:8080/v1
    """

    url: str
    host: str
    local: bool

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read a base URL; one without a path gets `/v1`, where such servers listen.

        Raises AddressError.
        """
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            message = "is no address; give one like http://127.0.0.1:8080/v1"
            raise AddressError(message, "address-none") from None
        if parts.scheme not in ("http", "https"):
            raise AddressError("must begin with http:// or https://", "address-scheme")
        if parts.username is not None or parts.password is not None:
            message = "must not hold a user or password; the key goes into KB_LLM_API_KEY"
            raise AddressError(message, "address-password")
        if parts.query or parts.fragment:
            message = "must end with its path, such as /v1, without ? or #"
            raise AddressError(message, "address-query")
        host = parts.hostname or ""
        if not host or not all(c.isalnum() or c in "-._:" for c in host):
            message = "names no host; give one like http://127.0.0.1:8080/v1"
            raise AddressError(message, "address-none")
        shown = f"[{host}]" if ":" in host else host
        place = shown if port is None else f"{shown}:{port}"
        path = parts.path.rstrip("/") or "/v1"
        return cls(f"{parts.scheme}://{place}{path}", host, _is_loopback(host))

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        return self.url.startswith("https:")

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: whoever listens there is given the key that belongs to it."""
        parts = urlsplit(self.url)
        return parts.scheme, self.host, parts.port or (443 if self.encrypted else 80)


def _is_loopback(host: str) -> bool:
    """Tell whether a host is this machine for certain; another name is not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
