"""An address as people and servers write it -> its parts, if it may be asked for at all."""

import re
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from indexer.importers.shared.clean import one_line
from kb.errors import UnreadableError

LONGEST = 2_000  # characters; servers and browsers agree on no more
_EXPECTED = f"http(s)://HOST/..., at most {LONGEST:,} characters"

_PORTS = {"http": 80, "https": 443}
# What programs read in different ways: spaces, controls, backslashes, quotes and brackets.
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\x9f\\<>\"^`{|}]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|[0-9a-f:.]{2,45}")
_NAME_AND_PASSWORD = re.compile(r"//[^/?#]*@")
# What stays as it is in a path and a query; all else is written as %XX.
_SAFE = "/%:@!$&'()*+,;=~?-._[]"


class Address(NamedTuple):
    """The parts of an address; `host` is in ASCII and small letters, `target` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def shown(url: str) -> str:
    """The address for messages, without what may be a name and a password."""
    return one_line(_NAME_AND_PASSWORD.sub("//", url[:LONGEST]))


def parse(url: str) -> Address:
    """The parts of an address; UnreadableError where it is none, or holds a name and a password."""
    name = shown(url)
    if len(url) > LONGEST or _UNFIT.search(url):
        raise UnreadableError(name, "no address", _EXPECTED)
    try:
        parts = urlsplit(url)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError as error:
        raise UnreadableError(name, f"no address ({error})", _EXPECTED) from error
    if parts.scheme not in _PORTS or not parts.netloc:
        raise UnreadableError(name, f"the scheme '{parts.scheme}'", "http:// or https://")
    if "@" in parts.netloc:
        wrong = "a name or password in the address"
        raise UnreadableError(name, wrong, "an address without them")
    if not _HOST.fullmatch(host):
        raise UnreadableError(name, "no host in the address", _EXPECTED)
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    target = quote(parts.path or "/", _SAFE) + query
    return Address(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def onward(address: Address, location: str) -> str:
    """Where a redirect leads, as the server writes it: relative or not, in UTF-8 or escaped."""
    said = location.encode("latin-1", errors="replace").decode("utf-8", errors="replace").strip()
    try:
        return urljoin(str(address), said)
    except ValueError:  # no address, which is said when it is parsed
        return said


def _ascii(host: str) -> str:
    """The host as it is looked up; ValueError where a name in other letters has no ASCII form."""
    plain = host if ":" in host else host.encode("idna").decode("ascii")
    return plain.lower().removesuffix(".")
