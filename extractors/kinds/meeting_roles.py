"""Offices without the country or body that they are of, and the country whose name opens a body's."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.reading.lexicon import country_names, find_organisations
from extractors.reading.mention import Mention, Organisation

STATES = re.compile("^[两三四五六]国(?!家)")


def country_of(name: str) -> str | None:
    """The country whose name opens an organisation's: KR of 韩国国会韩中议员联盟."""
    bodies = find_organisations(name)
    if bodies and bodies[0].start == 0 and isinstance(bodies[0].value, Organisation) and bodies[0].value.code:
        return bodies[0].value.code
    return next((code for country, code in country_names().items() if name.startswith(country)), None)


@lru_cache(maxsize=1)
def _names_of_countries() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, code in country_names().items():
        names.setdefault(code, []).append(name)
    return names


def role_alone(role: str | None, side: str | None) -> str | None:
    """An office without the country or body it is of: 外长 of 俄罗斯外长, 秘书长 of 北约秘书长; 欧盟委员会主席 stays."""
    if role is None:
        return None
    role = STATES.sub("", role).removeprefix("的")
    owners = list(_names_of_countries().get(side or "", ()))
    if side != "EU":
        owners += [m.words for m in find_organisations(role) if m.start == 0 and _body_code(m) == side]
    for name in sorted(owners, key=lambda name: (-len(name), name)):
        rest = role.removeprefix(name).removeprefix("的")
        if role.startswith(name) and rest and not rest.startswith(("政府", "负责")):
            if rest.startswith("秘书长") and rest != "秘书长":
                return role  # 联合国秘书长也门问题特使
            return rest
    return role


def _body_code(mention: Mention) -> str | None:
    return mention.value.code if isinstance(mention.value, Organisation) else None
