"""All deployments in one place: what `flows.plan` plans, as Prefect has it, by module paths.

A run of a deployment is a process of its own that imports `flows.ingest.ingest` or the like. The warehouse lets one
writer in at a time, whoever starts it; so that runs do not stand in its line, each deployment has a concurrency limit
of 1 with a queue, and the runner one of `runs_at_once` in all.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from pathlib import Path

from flows.orchestration import prepare
from flows.plan import Planned
from flows.settings import Settings, load_settings

prepare(load_settings().prefect_home)

from prefect import Flow, deploy  # noqa: E402 - reads its settings on import, so they come first
from prefect import serve as serve_with_prefect  # noqa: E402
from prefect.client.orchestration import get_client  # noqa: E402
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags  # noqa: E402
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy  # noqa: E402
from prefect.client.schemas.schedules import CronSchedule  # noqa: E402
from prefect.deployments.runner import RunnerDeployment  # noqa: E402
from prefect.types.entrypoint import EntrypointType  # noqa: E402

TAG = "shilu"
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
# Nobody sits before a scheduled run: it waits longer for another writer than a command does.
LOCK_WAIT_SECONDS = 300.0


def deployments(planned: Sequence[Planned], settings: Settings) -> list[RunnerDeployment]:
    """The deployments of a plan."""
    return [_deployment(each, settings) for each in planned]


def serve(planned: Sequence[Planned], settings: Settings) -> None:
    """Register all deployments at the server in force and run them when they are due, until interrupted.

    Those of this warehouse that are planned no longer are taken off the server.
    """
    os.environ.update(environment_of_runs(settings))
    forget_others(planned, settings)
    serve_with_prefect(
        *deployments(planned, settings), limit=settings.runs_at_once, print_starting_message=False
    )


def register(planned: Sequence[Planned], settings: Settings, pool: str) -> None:
    """Register all deployments at the server in force, for the workers of a work pool to run."""
    forget_others(planned, settings)
    made = deployments(planned, settings)
    for each in made:
        each.job_variables = {"working_dir": str(Path.cwd()), "env": environment_of_runs(settings)}
    deploy(*made, work_pool_name=pool, build=False, push=False, print_next_steps_message=False)


def forget_others(planned: Sequence[Planned], settings: Settings) -> list[str]:
    """Delete deployments of this warehouse that are not planned, such as of a source taken out; their names."""
    wanted = {each.deployment for each in planned}
    with get_client(sync_client=True) as client:
        flows = {flow.id: flow.name for flow in client.read_flows()}
        ours = client.read_deployments(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG, _mark(settings)]))
        )
        stale = [
            (each.id, name)
            for each in ours
            if (name := f"{flows.get(each.flow_id)}/{each.name}") not in wanted
        ]
        for deployment_id, _ in stale:
            client.delete_deployment(deployment_id)
    return sorted(name for _, name in stale)


def _deployment(planned: Planned, settings: Settings) -> RunnerDeployment:
    module, _, function = planned.flow.rpartition(".")
    flow = getattr(importlib.import_module(module), function)
    assert isinstance(flow, Flow)
    schedules = []
    if planned.schedule is not None:
        schedules.append(CronSchedule(cron=planned.schedule, timezone=planned.time_zone))
    made = flow.to_deployment(
        planned.name,
        schedules=schedules,
        paused=False,  # one stopped before has paused them
        parameters=planned.parameters,
        description=planned.description,
        tags=[TAG, _mark(settings)],
        concurrency_limit=ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(made, RunnerDeployment)
    return made


def _mark(settings: Settings) -> str:
    """Tells apart the deployments of two warehouses at one server."""
    return f"warehouse:{settings.database.resolve()}"


def environment_of_runs(settings: Settings) -> dict[str, str]:
    """What the processes of the runs find: the warehouse and the wait in force here, and a line of JSON a step."""
    return {
        "SHILU_DATABASE": str(settings.database.resolve()),
        "SHILU_LOCK_WAIT_SECONDS": str(max(settings.lock_wait_seconds, LOCK_WAIT_SECONDS)),
        "SHILU_LOG_JSON": os.environ.get("SHILU_LOG_JSON", "1"),
    }
