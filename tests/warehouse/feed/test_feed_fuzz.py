"""Whatever is asked, the feed answers as its OpenAPI document says, or refuses in words: fuzzed by schemathesis."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from warehouse.feed.application import create_app

PATHS = sorted(create_app(Path("nowhere")).openapi()["paths"])
QUESTIONS = 12


@pytest.fixture(scope="module")
def operations(published):
    """What can be asked of the newsroom's feed, by path."""
    app = create_app(published, hosts=("testserver", "localhost", "127.0.0.1"))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    return {result.ok().path: result.ok() for result in schema.get_all_operations()}


@pytest.mark.parametrize("path", PATHS)
def test_any_question_is_answered_as_openapi_says(operations, path):
    @settings(
        max_examples=QUESTIONS,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(st.data())
    def ask(data):
        # A cursor is one that was given, a limit depends on the form: no schema can say that, so 422 is an answer too.
        data.draw(operations[path].as_strategy()).call_and_validate(
            excluded_checks=[positive_data_acceptance]
        )

    ask()
