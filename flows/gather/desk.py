"""Asks on behalf of one source: keeps what comes, remembers what was asked, notes what failed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import warehouse
from flows.days import Days, on_days
from flows.fetch import Answer, Fetcher, FetchFailed, Manners, RawStore, RobotsText, StoreDamaged
from flows.settings import Settings
from flows.sources.item import MEGABYTE, Item, Refusal
from schemas import Ask

if TYPE_CHECKING:
    from flows.gather.source import Source

MOST_FAILURES = 5  # runs that ask for an article in vain before it is given up
TOGETHER = 50  # articles asked for between two entries in the warehouse
THREADS = 8
NOT_MODIFIED = 304
GONE = frozenset({400, 401, 403, 404, 405, 406, 410, 451})


class Desk:
    """One source's asks. A context manager: at its end what was asked is in the warehouse.

    `days` are those whose lists are asked, `None` the newest ones. `known` is what was asked before, by address;
    `failures` are the issues of this time.
    """

    def __init__(
        self,
        source: Source,
        settings: Settings,
        *,
        days: Days | None = None,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
        fetcher: Callable[[Manners, dict[str, RobotsText]], Fetcher] = Fetcher,
    ) -> None:
        self.source = source
        self.now = now
        self.store = RawStore(settings.raw_folder)
        self.failures: list[Item] = []
        self.received = 0  # documents with new bytes
        self.asked = 0
        self._days = days
        self._settings = settings
        self._changed: dict[str, Ask] = {}
        self.known = {ask.address: ask for ask in self._recorded()}
        self._fetcher = fetcher
        self._open: Fetcher | None = None

    def dated(self, addresses: Iterable[str]) -> list[str]:
        """Addresses of lists with the dates of this run in them; see `flows.days.on_days`."""
        return on_days(addresses, self._days, self.source.said_of_articles.local(self.now()).date())

    def ask_index(self, address: str) -> tuple[Ask, bytes] | None:
        """A feed or list, where it has changed since it was last asked; else `None`."""
        known = self.known.get(address) or Ask(source=self.source.name, address=address, role="index")
        if self._is_left_alone(known):
            return None
        return self._entered(known, self._tried(known))

    def want(self, address: str, *, title: str | None, published: str | None) -> None:
        """Note an article to ask for: one not known of, or said to be published anew."""
        known = self.known.get(address)
        if known is None:
            self._note(
                Ask(
                    source=self.source.name, address=address, role="article", title=title, published=published
                )
            )
        elif known.role == "article" and known.published != published:
            changes = {"title": title, "published": published, "asked": None, "failures": 0}
            self._note(known.model_copy(update=changes))

    def ask_wanted(self) -> None:
        """Ask for the articles that are known of and not had, as many as a run may; the others stay wanted."""
        wanted = iter(
            [ask for ask in self.known.values() if self._is_wanted(ask)][
                : self.source.limits.articles_per_run
            ]
        )
        with ThreadPoolExecutor(THREADS) as threads:
            while together := list(islice(wanted, TOGETHER)):
                try:
                    for ask, tried in zip(together, threads.map(self._tried, together), strict=True):
                        self._entered(ask, tried)
                except BaseException:
                    threads.shutdown(wait=False, cancel_futures=True)
                    raise
                self.save()

    def refuse(self, ask: Ask, refusal: Refusal) -> None:
        """What came is not what it should be: an issue, and the next ask is for the whole of it again."""
        self.failures.append(refusal.item(ask.address))
        self._note(
            ask.model_copy(
                update={
                    "etag": None,
                    "last_modified": None,
                    "failures": ask.failures + 1,
                    "read_by": "refused",
                }
            )
        )

    def remark(self, ask: Ask, refusal: Refusal, *, is_partial: bool = False) -> None:
        """An issue about what came, which is used nevertheless; where it is partial, the next ask is for the whole of it."""
        self.failures.append(refusal.item(ask.address))
        if is_partial:
            self._note(ask.model_copy(update={"etag": None, "last_modified": None}))

    def unread(self, *, again: bool) -> list[Ask]:
        """Documents whose bytes are kept and were not read yet, or all of them; by address."""
        documents = [ask for ask in self.known.values() if ask.digest and ask.role in ("index", "article")]
        return sorted(
            (ask for ask in documents if ask.read_by is None or (again and ask.read_by != "refused")),
            key=lambda ask: ask.address,
        )

    def record(self, asks: Iterable[Ask]) -> None:
        """Enter asks and write them down."""
        for ask in asks:
            self._note(ask)
        self.save()

    def save(self) -> None:
        """Write down what has changed since the last time."""
        if self._open is not None:
            for text in self._open.robots_received:
                self._note_robots(text)
        if self._changed:
            with warehouse.open(
                self._settings.database, wait_seconds=self._settings.lock_wait_seconds
            ) as house:
                house.record_asks(list(self._changed.values()))
            self._changed = {}

    def close(self) -> None:
        """Write down what is left, and let go of the network."""
        self.save()
        if self._open is not None:
            self._open.__exit__(None, None, None)
            self._open = None

    def _tried(self, ask: Ask) -> Answer | FetchFailed:
        """Runs in threads: touches nothing of this desk but the network and the store."""
        try:
            answer = self._network().get(ask.address, etag=ask.etag, last_modified=ask.last_modified)
            if answer.status != NOT_MODIFIED:
                self.store.keep(answer.body)
            return answer
        except FetchFailed as failure:
            return failure

    def _entered(self, ask: Ask, tried: Answer | FetchFailed) -> tuple[Ask, bytes] | None:
        self.asked += 1
        if isinstance(tried, FetchFailed):
            self._enter_failure(ask, tried)
            return None
        if tried.status == NOT_MODIFIED:
            self._note(
                ask.model_copy(
                    update={"asked": self.now(), "status": tried.status, "failures": 0, "not_before": None}
                )
            )
            return None
        digest = self.store.keep(tried.body)  # kept already; says under which digest
        same = digest == ask.digest
        entered = ask.model_copy(
            update={
                "asked": self.now(),
                "status": tried.status,
                "failures": 0,
                "not_before": None,
                "etag": tried.etag,
                "last_modified": tried.last_modified,
                "final_address": tried.final_address,
                "content_type": tried.content_type,
                "digest": digest,
                "read_by": ask.read_by if same else None,
            }
        )
        self._note(entered)
        self.received += not same
        return None if same and entered.read_by not in (None, "refused") else (entered, tried.body)

    def _enter_failure(self, ask: Ask, failure: FetchFailed) -> None:
        gone = ask.role == "article" and failure.status in GONE
        failures = MOST_FAILURES if gone else ask.failures + 1
        left_alone = self.now() + datetime.timedelta(seconds=failure.wait) if failure.wait else None
        self._note(
            ask.model_copy(
                update={
                    "asked": self.now(),
                    "status": failure.status,
                    "failures": failures,
                    "not_before": left_alone,
                }
            )
        )
        given_up = (
            "; it will not be asked for again" if ask.role == "article" and failures >= MOST_FAILURES else ""
        )
        self.failures.append(Refusal(failure.code, failure.reason + given_up).item(ask.address))

    def _is_wanted(self, ask: Ask) -> bool:
        if ask.role != "article" or self._is_left_alone(ask):
            return False
        return ask.asked is None or (ask.digest is None and 0 < ask.failures < MOST_FAILURES)

    def _is_left_alone(self, ask: Ask) -> bool:
        now = self.now()
        # One asked in the future was asked by a clock that was put back since: what it was told is of no use.
        return ask.not_before is not None and ask.not_before > now and (ask.asked is None or ask.asked <= now)

    def _note(self, ask: Ask) -> None:
        self.known[ask.address] = ask
        self._changed[ask.address] = ask

    def _note_robots(self, text: RobotsText) -> None:
        known = self.known.get(text.address)
        if known is None or known.asked != text.asked:
            digest = self.store.keep(text.body)
            self._note(
                Ask(
                    source=self.source.name,
                    address=text.address,
                    role="robots",
                    asked=text.asked,
                    digest=digest,
                )
            )

    def _network(self) -> Fetcher:
        if self._open is None:
            limits = self.source.limits
            manners = Manners(
                contact=self._settings.contact,
                allow_private=self.source.allow_private,
                seconds_between=limits.seconds_between_requests,
                at_once=limits.requests_at_once,
                connect_seconds=limits.connect_seconds,
                answer_seconds=limits.answer_seconds,
                attempts=limits.attempts,
                body_bytes=int(limits.body_megabytes * MEGABYTE),
            )
            self._open = self._fetcher(manners, dict(self._robots()))
        return self._open

    def _robots(self) -> Iterator[tuple[str, RobotsText]]:
        for ask in self.known.values():
            if ask.role == "robots" and ask.digest and ask.asked:
                try:
                    yield ask.address, RobotsText(ask.address, self.store.read(ask.digest), ask.asked)
                except StoreDamaged:
                    continue  # it is asked for anew

    def _recorded(self) -> Sequence[Ask]:
        database = self._settings.database
        if not database.exists():
            return []
        with warehouse.open(database, read_only=True, wait_seconds=self._settings.lock_wait_seconds) as house:
            return house.asks(self.source.name)
