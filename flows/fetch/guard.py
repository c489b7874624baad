"""Which machines may be asked: none but those of the public network, unless the source says so.

A name is resolved here, its addresses are checked here, and the connection goes to an address that was checked.
So neither a redirect, nor a name that resolves to an inner machine, nor one that changes its address between check
and connection (DNS rebinding) reaches what it should not.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from flows.fetch.failure import FetchFailed

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[..., Iterable[tuple[Any, ...]]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")  # IPv4 written as IPv6, long out of use


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to a machine of the public network, whatever it is wrapped in."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
        or address.is_private
    )


def _wrapped(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address of a transition scheme leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class Guard:
    """Decides on addresses; `allow_private` lets all through but those that mean no single machine."""

    def __init__(self, *, allow_private: bool, resolve: Resolver = socket.getaddrinfo) -> None:
        self._allow_private = allow_private
        self._resolve = resolve

    def allows(self, address: IPAddress) -> bool:
        """Whether a connection to the address may be made."""
        if self._allow_private:
            return not (address.is_multicast or address.is_unspecified)
        return is_public(address)

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to, in the order of the resolver.

        Raises `FetchFailed` where the name has none at all, or none that may be.
        """
        found = [
            ipaddress.ip_address(str(address).partition("%")[0]) for address in self._resolved(host, port)
        ]
        allowed = [str(address) for address in dict.fromkeys(found) if self.allows(address)]
        if not allowed:
            raise FetchFailed(
                "private_address",
                f"{host} is at {', '.join(map(str, dict.fromkeys(found)))}, which is no public address; "
                "where it is meant, write allow_private = true into the source",
            )
        return allowed

    def _resolved(self, host: str, port: int) -> list[str]:
        try:
            return [entry[4][0] for entry in self._resolve(host, port, type=socket.SOCK_STREAM)]
        except (socket.gaierror, UnicodeError) as error:
            passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            raise FetchFailed(
                "unreachable",
                f"the name {host} does not resolve ({error}); check the address, and DNS on this machine",
                passing=passing,
            ) from error


class GuardedBackend(httpcore.NetworkBackend):
    """Connects for httpcore, to checked addresses only, and ends every connection after `seconds`."""

    def __init__(self, guard: Guard, seconds: float) -> None:
        self._guard = guard
        self._seconds = seconds
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that answers. Raises `FetchFailed` where none is allowed."""
        failure: Exception | None = None
        for address in self._guard.addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _Ending(stream, time.monotonic() + self._seconds)
        assert failure is not None  # addresses() gives at least one
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """No source lies behind a socket file."""
        raise httpcore.UnsupportedProtocol("sockets of this machine are not asked")


class _Ending(httpcore.NetworkStream):
    """A stream that ends at a moment: a server that drips a byte now and then must not hold a run for ever."""

    def __init__(self, inner: httpcore.NetworkStream, end: float) -> None:
        self._inner = inner
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _Ending(self._inner.start_tls(ssl_context, server_hostname, left), self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise error("the answer took longer in all than a source may")
        return left if timeout is None else min(left, timeout)
