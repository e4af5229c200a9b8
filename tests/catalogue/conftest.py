"""The built-in catalogue and its index, made once."""

import pytest

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.source import load_builtin


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_builtin()


@pytest.fixture(scope="session")
def index(catalogue: Catalogue) -> SearchIndex:
    return SearchIndex.build(catalogue)
