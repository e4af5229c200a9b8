"""The service against its own OpenAPI document: generated requests, good and bad, find nothing."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kiosk.approval.app import create_app
from tests.approval.hall import enrol_kiosk, service_in

EXAMPLES = 20
KEYS = count()
KEYED = (
    "/v1/tickets",
    "/v1/readiness-reports",
    "/v1/cases",
    "/v1/cases/by-token/{token}/supplements",
    "/v1/drafts",
    "/v1/ratings",
    "/v1/results/{result}/prints",
)
"""What takes an Idempotency-Key."""
JUDGED = ("/v1/cases", "/v1/drafts", "/v1/drafts/{code}", "/v1/ratings", "/v1/app-codes")
"""What is judged by more than the contract: by the catalogue, by what writing may hold, by a seal."""
PATHS = create_app(None).openapi()["paths"]
OPERATIONS = [(path, method, described) for path, methods in PATHS.items() for method, described in methods.items()]


def can_be_wrong(described: Any) -> bool:
    """Whether there is anything to get wrong: a body, a path or query parameter."""
    return "requestBody" in described or any(p["in"] != "header" for p in described.get("parameters", ()))


GOOD = [(path, method) for path, method, _ in OPERATIONS]
BAD = [(path, method) for path, method, described in OPERATIONS if can_be_wrong(described)]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with service_in(tmp_path_factory.mktemp("contract")) as service:
        schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(service))
        rejection = schema.config.checks.negative_data_rejection
        rejection.expected_statuses = [*rejection.expected_statuses, "413"]  # what is too long is too large first
        schema.config.update(headers={"Authorization": f"Bearer {enrol_kiosk(service).credential}"})
        yield schema


def generated(api: Any, path: str, method: str, mode: GenerationMode) -> None:
    """Send generated requests; raises what schemathesis finds wrong in an answer."""

    @given(case=api[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case[Any]) -> None:
        headers = dict(api.config.headers)
        if mode.is_positive and path in KEYED:
            headers["Idempotency-Key"] = f"generated-{next(KEYS):08d}"  # a key used again is refused, and rightly
        judged = mode.is_positive and path in JUDGED
        answer = case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance] if judged else [])
        if judged and answer.status_code == 422:  # refused, but not as what does not fit the contract
            assert answer.json()["type"] != "/problems/invalid-request", answer.json()["detail"]

    ask()


@pytest.mark.parametrize(("path", "method"), GOOD)
def test_good_requests_are_answered_as_documented(api: Any, path: str, method: str) -> None:
    generated(api, path, method, GenerationMode.POSITIVE)


@pytest.mark.parametrize(("path", "method"), BAD)
def test_bad_requests_are_refused_as_documented(api: Any, path: str, method: str) -> None:
    generated(api, path, method, GenerationMode.NEGATIVE)
