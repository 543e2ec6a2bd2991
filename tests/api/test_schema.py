"""The API keeps to its OpenAPI document, whatever is asked."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig

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

# The document is the same without an index; the requests go to an application that has one.
schema = schemathesis.openapi.from_asgi(
    "/openapi.json", make_app(Path("nowhere"), HashEncoder()), config=CONFIG
)


@pytest.fixture(scope="module")
def asked(index: Path, encoder: TextEncoder) -> FastAPI:
    """An application of its own, for generated requests start it and never stop it."""
    return make_app(index, encoder)


@schema.parametrize()
@examples(60)
def test_the_api_is_as_its_document_says(case: schemathesis.Case[Any], asked: FastAPI) -> None:
    """Every generated request, valid or not, gets a response that the document describes."""
    case.call_and_validate(app=asked)
