"""What happens when a flow fails: a line for whoever reads the logs."""

from __future__ import annotations

import logging
from typing import Any

from flows.logs import tell, told_as_json
from flows.settings import load_settings


def told_as_failed(flow: Any, flow_run: Any, state: Any) -> None:
    """Tell of a flow run that failed or crashed: Prefect calls it with the flow, its run and its last state."""
    with told_as_json(wanted=load_settings().log_json):
        tell(
            "flow failed",
            level=logging.ERROR,
            flow=flow.name,
            flow_run=flow_run.name,
            flow_run_id=str(flow_run.id),
            parameters=flow_run.parameters,
            state=state.name,
            error=state.message,
        )
