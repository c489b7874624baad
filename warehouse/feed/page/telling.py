"""A fact or an event in the words of a table row: sides, what happened, the figure with its qualifier, who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.feed.page.asked import address_of
from warehouse.feed.page.figures import days, interval, moment, quantity
from warehouse.feed.page.language import Texts, accent

MOST_CLAIMANTS = 2
MOST_ITEMS = 3
Slots = Mapping[str, Any]


def side(code: str, texts: Texts) -> dict[str, Any]:
    """A state or organisation with its name and its colour."""
    return {"code": code, "name": texts.side(code), "accent": accent(code)}


def sides_of(slots: Slots, texts: Texts) -> dict[str, list[dict[str, Any]]]:
    """Who did it and to whom; of a meeting all who took part are doers."""
    if "participants" in slots:
        people = slots["participants"]
        doers = dict.fromkeys(each.get("side") for each in people if each.get("side"))
        return {"doers": [side(code, texts) for code in doers], "others": []}
    doing = slots.get("donors") or [slots.get("attacker")]
    other = slots.get("recipients") or [slots.get("target_country") or _attacked(slots)]
    return {
        "doers": [side(code, texts) for code in doing if code],
        "others": [side(code, texts) for code in other if code],
    }


def _attacked(slots: Slots) -> Any:
    """The side that an attack count is about; of a strike, `target` is an object and no side."""
    return slots.get("target") if "count" in slots else None


def what(kind: str, slots: Slots, texts: Texts) -> str:
    """What happened, without sides and numbers."""
    if kind == "attack_count":
        return f"{texts.code('weapon', slots['weapon'])} {texts.code('outcome', slots['outcome'])}"
    if kind == "aid_announcement":
        scope = texts.code("scope", slots["scope"]) if slots["scope"] != "package" else ""
        told = [
            texts.code("aid_type", slots["aid_type"]),
            texts.code("stage", slots["stage"]),
            scope,
            *slots["items"][:MOST_ITEMS],
        ]
        return " · ".join(filter(None, told))
    if kind == "meeting":
        names = [each.get("name") or each.get("role") for each in slots["participants"]]
        form = texts.code("format", slots["format"]) if slots["format"] != "unspecified" else ""
        people = "、".join(name for name in dict.fromkeys(names) if name)
        return " · ".join(
            filter(None, (texts.code("meeting_status", slots["status"]), form, people, slots["event"]))
        )
    told = [texts.code("weapon", slots["weapon"]) if slots["weapon"] != "unknown" else "", slots["target"]]
    return " · ".join(filter(None, told))


def figures(slots: Slots, texts: Texts) -> list[str]:
    """The figures in the slots, each with its qualifier."""
    found = [quantity(slots[name], texts) for name in ("count", "amount") if slots.get(name)]
    found += [
        texts(f"number.{name}", value=quantity(slots[name], texts))
        for name in ("killed", "injured")
        if slots.get(name)
    ]
    return found


def fact_row(fact: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """A fact as a table shows it."""
    slots, kind = fact["slots"], fact["kind"]
    claimants = list(
        dict.fromkeys(each["claimant"] or texts("facts.article_itself") for each in fact["claims"])
    )
    return {
        "id": fact["fact_id"],
        "href": address_of("facts", fact["fact_id"]),
        "kind": kind,
        "kind_word": texts.code("kind", kind),
        "status": fact["status"],
        "status_word": texts.code("status", fact["status"]),
        "status_about": texts.code("status_about", fact["status"]),
        **sides_of(slots, texts),
        "what": what(kind, slots, texts),
        "figures": figures(slots, texts),
        "interval": interval(fact, texts) if len(fact["claims"]) > 1 else "",
        "places": fact["places"],
        "days": days(fact["when"]),
        "month": fact["when"]["end"][:7] if fact["when"] else "",
        "day_of_month": _within_month(fact["when"]),
        "night": (fact["when"] or {}).get("precision") == "night",
        "claimants": claimants[:MOST_CLAIMANTS],
        "more_claimants": len(claimants) - MOST_CLAIMANTS,
        "told": told_by(fact, texts),
        "articles": fact["articles"],
        "sources": fact["sources"],
        "instant": fact["last_reported"],
        "reported": moment(fact["last_reported"]),
    }


def _within_month(when: Mapping[str, str] | None) -> str:
    """The day or days without their month; nothing where they lie in several."""
    if when is None or when["start"][:7] != when["end"][:7]:
        return ""
    return "–".join(dict.fromkeys((when["start"][8:], when["end"][8:])))


def told_by(row: Mapping[str, Any], texts: Texts) -> str:
    """How many articles tell it and how many of them independently."""
    if row["articles"] == 1:
        return texts("number.one_article")
    key = "number.one_origin" if row["origins"] == 1 else "number.origins"
    return texts(key, origins=row["origins"], articles=row["articles"])
