"""Parse HTTP(S) URLs, and check that IP addresses are public."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from indexer.importers.shared.clean import one_line
from kb.errors import UnreadableError

MAX_URL_CHARACTERS = 2_000  # a common limit in servers and browsers
_EXPECTED = f"http(s)://HOST/..., at most {MAX_URL_CHARACTERS:,} characters"

_PORTS = {"http": 80, "https": 443}
# Characters that programs interpret in different ways.
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\x9f\\<>\"^`{|}]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|[0-9a-f:.]{2,45}")
_NAME_AND_PASSWORD = re.compile(r"//[^/?#]*@")
# Characters that are not percent-encoded in a path or query.
_SAFE = "/%:@!$&'()*+,;=~?-._[]"

# Blocks that Python's copy of the IANA registries does not list as private: protocol assignments,
# tunnels, documentation, and the address of Azure's metadata service, which is in a public block.
_CLOSED = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24 192.88.99.0/24 168.63.129.16/32 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
    ).split()
)
# All public IPv6 addresses are in this block, except translated IPv4 addresses (RFC 6052), which
# IPv6-only networks use.
_GLOBAL = ip_network("2000::/3")
_TRANSLATED = ip_network("64:ff9b::/96")


class Address(NamedTuple):
    """A parsed URL; `host` is lowercase ASCII, `target` is the path and query."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def shown(url: str) -> str:
    """Return a URL without credentials, for use in messages."""
    return one_line(_NAME_AND_PASSWORD.sub("//", url[:MAX_URL_CHARACTERS]))


def parse(url: str) -> Address:
    """Parse a URL. Raise UnreadableError if it is invalid or contains credentials."""
    name = shown(url)
    if len(url) > MAX_URL_CHARACTERS or _UNFIT.search(url):
        raise UnreadableError(name, "not a valid address", _EXPECTED)
    try:
        parts = urlsplit(url)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError as error:
        raise UnreadableError(name, f"not a valid address ({error})", _EXPECTED) from error
    if parts.scheme not in _PORTS or not parts.netloc:
        raise UnreadableError(name, f"the scheme '{parts.scheme}'", "http:// or https://")
    if "@" in parts.netloc:
        wrong = "a user name or password in the address"
        raise UnreadableError(name, wrong, "an address without it")
    if not _HOST.fullmatch(host):
        raise UnreadableError(name, "no valid host in the address", _EXPECTED)
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    target = quote(parts.path or "/", _SAFE) + query
    return Address(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def onward(address: Address, location: str) -> str:
    """Resolve a Location header, which may be relative and may contain UTF-8.

    An invalid one is returned unresolved; `parse` reports it.
    """
    said = location.encode("latin-1", errors="replace").decode("utf-8", errors="replace").strip()
    try:
        return urljoin(str(address), said)
    except ValueError:  # invalid, which is reported when it is parsed
        return said


def _ascii(host: str) -> str:
    """Return a host name in ASCII for DNS. Raise ValueError if it has no ASCII form."""
    plain = host if ":" in host else host.encode("idna").decode("ascii")
    return plain.lower().removesuffix(".")


def is_public(address: str) -> bool:
    """Return whether an IP address is public and does not embed a private one.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    one: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(one, IPv6Address):
        if one.ipv4_mapped is not None:
            return is_public(str(one.ipv4_mapped))
        if one in _TRANSLATED:
            return is_public(str(IPv4Address(int(one) & 0xFFFFFFFF)))
        if one not in _GLOBAL:
            return False
    closed = any(one in block for block in _CLOSED if block.version == one.version)
    return one.is_global and not (one.is_multicast or one.is_reserved or closed)
