"""Whatever is asked, the feed answers as its OpenAPI document says, or refuses in words: fuzzed by schemathesis."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from warehouse.feed.application import create_app


@pytest.fixture
def feed(published):
    app = create_app(published, hosts=("testserver",))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


schema = schemathesis.pytest.from_fixture("feed")


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_any_question_is_answered_as_openapi_says(case):
    case.call_and_validate(base_url="http://testserver")
