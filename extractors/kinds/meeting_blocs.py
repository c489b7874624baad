"""Bodies that are states together, and the rules that tell of their conferences."""

from __future__ import annotations

# Bodies that are states together: who meets at their conferences is their members.
BLOCS = frozenset(
    (
        "EU",
        "NATO",
        "G7",
        "G20",
        "ASEAN",
        "BRICS",
        "SCO",
        "AU",
        "ARAB_LEAGUE",
        "OIC",
        "ECOWAS",
        "GCC",
        "OPEC",
        "CSTO",
        "EAEU",
        "CIS",
        "APEC",
        "CELAC",
        "OAS",
        "CARICOM",
        "PIF",
        "EAC",
        "SADC",
        "IGAD",
        "MERCOSUR",
    )
)
CONFERENCES = frozenset(("attends-conference", "ministers-of-a-bloc-meet"))
