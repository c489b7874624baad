"""What is to run when: one deployment for each source, and one for each job of upkeep. Knows nothing of Prefect."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.gather import load_sources, sources_file
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class Planned:
    """One deployment. `flow` is the path of its function; `schedule` is cron in `time_zone`, `None`: by hand only."""

    name: str
    flow: str
    schedule: str | None
    time_zone: str
    description: str
    parameters: dict[str, object] = field(default_factory=dict)

    @property
    def deployment(self) -> str:
        """Its name as Prefect has it: `ingest/my-feed`."""
        return f"{self.flow.rpartition('.')[2]}/{self.name}"


def plan(settings: Settings) -> list[Planned]:
    """All deployments: the sources in the order of their file, then the upkeep. Raises `SettingsError` as the file does."""
    sources = [
        Planned(
            source.name,
            "flows.ingest.ingest",
            source.schedule,
            source.time_zone,
            f"Asks {source.outlet} for what is new, and reads it.",
            {"source": source.name},
        )
        for source in load_sources(sources_file(settings)).values()
    ]
    upkeep = [
        ("older", "flows.reprocess.reprocess", settings.reprocess_schedule, "Reads what an older version read."),
        ("expectations", "flows.upkeep.expect", settings.expect_schedule, "Holds sources against floors and ceilings."),
        ("findings", "flows.upkeep.audit", settings.audit_schedule, "Checks statements against each other."),
        ("snapshot", "flows.upkeep.publish", settings.publish_schedule, "Lets readers see what is there now."),
    ]  # fmt: skip
    return sources + [
        Planned(name, flow, schedule or None, settings.schedule_time_zone, words)
        for name, flow, schedule, words in upkeep
    ]
