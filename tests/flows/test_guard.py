"""Which machines may be asked: the guard lets nothing through that is not public."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch import Fetcher, FetchFailed, Manners
from flows.fetch.guard import Guard, GuardedBackend, is_public

INNER = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fd00::2", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:0:0:0:0:80ff:fffe", "2001:db8::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "2606:2800:220:1::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
]


def resolver(*addresses: str) -> Any:
    def resolve(_host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize("address", INNER)
def test_addresses_of_inner_machines_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(FetchFailed, match="allow_private = true") as caught:
        Guard(allow_private=False, resolve=resolver(address)).addresses("example.org", 80)
    assert caught.value.code == "private_address" and not caught.value.passing


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert Guard(allow_private=False, resolve=resolver(address)).addresses("example.org", 80)


ANY_ADDRESS = (
    st.ip_addresses()
    | st.ip_addresses(v=4).map(lambda inner: ipaddress.ip_address(f"::ffff:{inner}"))
    | st.sampled_from(INNER + PUBLIC).map(ipaddress.ip_address)
)


@given(st.lists(ANY_ADDRESS, min_size=1, max_size=5))
def test_no_connection_is_made_to_an_address_that_is_not_public(found: list[Any]) -> None:
    tried: list[str] = []

    class Recording(httpcore.SyncBackend):
        def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
            tried.append(host)
            raise httpcore.ConnectError("not in a test")

    backend = GuardedBackend(Guard(allow_private=False, resolve=resolver(*map(str, found))), 1)
    backend._inner = Recording()
    with pytest.raises((FetchFailed, httpcore.ConnectError)):
        backend.connect_tcp("example.org", 80)
    for address in map(ipaddress.ip_address, tried):
        assert address.is_global and not address.is_private
        mapped = getattr(address, "ipv4_mapped", None)
        assert mapped is None or mapped.is_global
    assert len(tried) == len({str(each) for each in found if is_public(each)})


def test_a_source_that_allows_private_addresses_still_asks_no_group_and_no_nobody() -> None:
    guard = Guard(allow_private=True, resolve=resolver("127.0.0.1", "224.0.0.1", "0.0.0.0", "10.0.0.1"))
    assert guard.addresses("inside", 80) == ["127.0.0.1", "10.0.0.1"]


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(web: Any) -> None:
    """DNS rebinding: the second answer of the resolver is never asked for, the first is what is connected to."""
    web.routes["/robots.txt"] = b""
    web.routes["/a"] = b"secret"
    answers = iter(
        ["203.0.113.9", "8.8.8.8"]
    )  # neither leads to loopback; were there a third look-up, it fails

    def rebinding(_host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    tried: list[str] = []
    guard = Guard(allow_private=False, resolve=rebinding)
    backend = GuardedBackend(guard, 1)

    class Recording(httpcore.SyncBackend):
        def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
            tried.append(host)
            raise httpcore.ConnectError("not in a test")

    backend._inner = Recording()
    for _ in range(3):
        with pytest.raises((FetchFailed, httpcore.ConnectError)):
            backend.connect_tcp("rebind.example", web.port)
    assert tried == ["8.8.8.8"]  # 203.0.113.9 is for documents, 127.0.0.1 is this machine
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://[::ffff:127.0.0.1]:{port}/a", "http://2130706433:{port}/a",
     "http://0x7f.1:{port}/a"],
)  # fmt: skip
def test_loopback_is_refused_however_it_is_spelt(web: Any, address: str) -> None:
    web.routes["/a"] = b"secret"
    with Fetcher(Manners(seconds_between=0, attempts=1)) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(address.format(port=web.port))
    assert caught.value.code in ("private_address", "unreachable")
    assert web.asked == []


def test_a_name_that_does_not_exist_is_told() -> None:
    def unknown(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with (
        Fetcher(Manners(seconds_between=0), resolve=unknown) as fetcher,
        pytest.raises(FetchFailed) as caught,
    ):
        fetcher.get("https://news.example/a")
    assert "news.example does not resolve" in caught.value.reason
    assert caught.value.code == "unreachable"
