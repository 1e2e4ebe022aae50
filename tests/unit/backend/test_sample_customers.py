"""The invented customers 客户资料 of each operator: marked as samples, and at home in its areas and services."""

from pathlib import Path

import pytest

from backend.charters import load_charter
from backend.customer_files import read_customers

ROOT = Path(__file__).parents[3]
OPERATORS = sorted(path.name for path in (ROOT / "charters").iterdir())


@pytest.mark.parametrize("operator", OPERATORS)
def test_they_live_in_its_areas_and_have_its_services(operator):
    charter = load_charter(operator=operator, root=ROOT / "charters")
    customers = read_customers(ROOT / "samples" / operator / "customers.yml")
    assert customers
    for customer in customers:
        assert customer.sample
        assert customer.services <= charter.operator.services
        assert charter.area(customer.area)
        assert customer.address is None or charter.place(customer.address) == charter.area(customer.area)
