"""The API behaves as its OpenAPI document says, whatever is asked."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.builder import (
    InvalidHeadersExampleMark,
    MissingPathParameters,
)
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema

from kb.encoders.base import TextEncoder
from tests.api.builders import make_app
from tests.fakes import HashEncoder
from tests.strategies import examples

# Beside the usual statuses: `If-None-Match: *` is a 304, and an address of many long filters,
# each of them valid, is too long.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "414", "422"]},
            "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "404", "409", "414"]},
        }
    }
)


@pytest.fixture(scope="module")
def document() -> BaseSchema:
    """Return the OpenAPI document, which is the same with and without an index.

    Requests go to `asked`, which has an index. The document is read when its test runs; pytest
    would otherwise read it in each worker that collects the tests.
    """
    app = make_app(Path("nowhere"), HashEncoder())
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=CONFIG)


@pytest.fixture(scope="module")
def asked(index: Path, encoder: TextEncoder) -> FastAPI:
    """Return an application for generated requests alone, as they start it and never stop it."""
    return make_app(index, encoder)


@examples(60)
def conforms(case: schemathesis.Case[Any], asked: FastAPI) -> None:
    """Send a generated request and check the response against the document."""
    case.call_and_validate(app=asked)


def test_the_api_is_as_its_document_says(
    document: BaseSchema, asked: FastAPI, subtests: pytest.Subtests
) -> None:
    """Every generated request, valid or not, gets a response that the document describes."""
    load_all_checks()
    found = list(get_all_tests(schema=document, test_func=conforms, settings=None, given_kwargs={}))

    assert len(found) >= len(document)
    for one in found:
        assert isinstance(one, Ok), one
        operation, holds = one.ok()
        with subtests.test(operation.label):
            holds(asked=asked)
        assert not MissingPathParameters.is_set(holds), operation.label
        assert not InvalidHeadersExampleMark.is_set(holds), operation.label
