"""Sets the floors of the quality gate from what is measured now; they only rise.

    python tests/quality/set_floors.py
    python tests/quality/set_floors.py --allow-regression "why less is right now"

A floor lies MARGIN under the figure, so that a change of one event does not stop the next change. Where a figure has
fallen under its floor, the floor stays and the gate fails, unless --allow-regression gives the reason, which is kept in
the file. Sets whose articles are absent keep their floors.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(Path(__file__).parent)]

from scored_sets import FLOORS_FILE, Figures, measure_all  # noqa: E402

MARGIN = 0.015
HEADER = """\
# The least F1 that events and slots must reach, per set of articles and kind: [event, slot].
# `golden` are our passages, `independent` those and `essays` whole articles written without sight of the rules,
# `examples` the shipped articles, `dev` the shared gold, scored where it is present.
# Written by tests/quality/set_floors.py, which lets floors rise; lowering one needs --allow-regression and a reason.
"""


def new_floors(old: Figures, measured: Figures, *, may_fall: bool) -> Figures:
    """The floors after a measurement: never lower than before, unless they may fall."""
    floors: Figures = {name: dict(kinds) for name, kinds in old.items()}
    for name, kinds in measured.items():
        for kind, figures in kinds.items():
            wanted = [round(max(0.0, figure - MARGIN), 3) for figure in figures]
            held = floors.setdefault(name, {}).get(kind, [0.0, 0.0])
            fallen = [figure < floor for figure, floor in zip(figures, held, strict=True)]
            floors[name][kind] = [
                new if new > floor or (may_fall and fell) else floor
                for new, floor, fell in zip(wanted, held, fallen, strict=True)
            ]
    return floors


def written(floors: Figures, reasons: list[str]) -> str:
    """The file of floors."""
    parts = [HEADER, f"lowered = {json.dumps(reasons, ensure_ascii=False, indent=4)}\n"]
    for name, kinds in floors.items():
        parts.append(f"\n[{name}]\n" + "".join(f"{kind} = {figures}\n" for kind, figures in kinds.items()))
    return "".join(parts)


def main() -> None:
    """Measure, and write the floors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--allow-regression", metavar="REASON", help="let floors fall to what is measured")
    reason = parser.parse_args().allow_regression
    if reason is not None and len(reason.split()) < 3:
        parser.error("--allow-regression needs a reason in words, for whoever reads the file later")
    content = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))
    reasons = content.pop("lowered", [])
    floors = new_floors(content, measure_all(), may_fall=reason is not None)
    if reason is not None:
        reasons.append(f"{datetime.date.today().isoformat()}: {reason}")
    FLOORS_FILE.write_text(written(floors, reasons), encoding="utf-8")


if __name__ == "__main__":
    main()
