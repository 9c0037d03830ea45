"""The address of a model server, and whether what is sent there leaves this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit


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

        Raises ValueError, whose text never repeats what was given: it may hold a password.
        """
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            raise ValueError("is no address; give one like http://127.0.0.1:8080/v1") from None
        if parts.scheme not in ("http", "https"):
            raise ValueError("must begin with http:// or https://")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a user or password; the key goes into KB_LLM_API_KEY")
        if parts.query or parts.fragment:
            raise ValueError("must end with its path, such as /v1, without ? or #")
        host = parts.hostname or ""
        if not host or not all(c.isalnum() or c in "-._:" for c in host):
            raise ValueError("names no host; give one like http://127.0.0.1:8080/v1")
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
