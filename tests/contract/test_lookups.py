"""The place names that the engine looks for are those of the charters."""

from __future__ import annotations

from scripts import lookups


def test_the_places_of_all_charters_are_known_to_the_engine():
    made = lookups.written(lookups.tables(lookups.charters()))

    assert lookups.FILE.read_text("utf-8") == made, "run .venv/bin/python -m scripts.lookups"


def test_an_area_is_known_by_every_name_of_it_and_an_outlet_by_its_street():
    found = lookups.tables(lookups.charters())

    assert {"红谷滩区", "红谷滩", "八一家园"} <= set(found["area"])
    assert {"红谷滩", "南昌市红谷滩区", "丰和中大道", "长堎镇解放路"} <= set(found["outlet"])
