"""A customer who has codes sent and says them."""

import pytest

from tests.integration.backend.binding.support import Desk


@pytest.fixture
def desk(store, terms) -> Desk:
    return Desk(store, terms.charter)
