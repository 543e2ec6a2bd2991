"""Test whether an IP address is on the public internet."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Blocks that Python's copy of the IANA registries does not call private: protocol assignments,
# tunnels, documentation, and the address of Azure's metadata service, which is in a public block.
_CLOSED = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24 192.88.99.0/24 168.63.129.16/32 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
    ).split()
)
# All public IPv6 addresses are in this block, except the translated ones of
# RFC 6052, by which networks without IPv4 reach an IPv4 address.
_GLOBAL = ip_network("2000::/3")
_TRANSLATED = ip_network("64:ff9b::/96")


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
