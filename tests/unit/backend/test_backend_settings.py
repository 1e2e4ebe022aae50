"""The environment of the backend."""

from datetime import timedelta
from pathlib import Path

import pytest

from backend.settings import Settings, SettingsInvalid, database_url

SECRET = {"SHOUWEN_BACKEND_TOKEN": "a-token-for-the-tests", "SHOUWEN_BOT_TOKEN": "a-token-for-the-bot"}


def test_only_the_secrets_have_to_be_given():
    settings = Settings.from_environ(SECRET)

    assert (settings.operator, settings.host, settings.port) == ("jiangxi", "127.0.0.1", 8100)
    assert settings.database_url == f"sqlite:///{Path('var').absolute() / 'backend.sqlite'}"


def test_partners_may_have_a_token_of_their_own():
    assert Settings.from_environ(SECRET).partners == {}
    theirs = {"SHOUWEN_PARTNER_TOKEN": "a-token-for-partners"}
    assert Settings.from_environ(SECRET | theirs).partners == {"partner": "a-token-for-partners"}


def test_several_partners_are_known_by_their_names():
    theirs = {
        "SHOUWEN_PARTNER_TOKEN": "a-token-for-partners",
        "SHOUWEN_PARTNER_TOKENS": "city-hotline:a-token-of-the-hotline, billing:a-token:of-billing,",
    }
    assert Settings.from_environ(SECRET | theirs).partners == {
        "partner": "a-token-for-partners",
        "partner:city-hotline": "a-token-of-the-hotline",
        "partner:billing": "a-token:of-billing",
    }


def test_it_listens_on_the_port_of_its_own_url():
    settings = Settings.from_environ(SECRET | {"SHOUWEN_BACKEND_URL": "http://0.0.0.0:9000"})

    assert (settings.host, settings.port) == ("0.0.0.0", 9000)  # noqa: S104 - given by the user


def test_the_bot_is_where_it_listens_unless_it_is_named():
    assert Settings.from_environ(SECRET).bot_url == "http://127.0.0.1:8000"
    assert Settings.from_environ(SECRET | {"PORT": "9000"}).bot_url == "http://127.0.0.1:9000"
    assert Settings.from_environ(SECRET | {"SHOUWEN_BOT_URL": "http://bot/"}).bot_url == "http://bot"


def test_listeners_are_given_a_day_and_may_not_be_inside_our_own_network():
    usual = Settings.from_environ(SECRET)
    assert (usual.listener_patience, usual.private_callbacks) == (timedelta(days=1), False)
    other = Settings.from_environ(SECRET | {"SHOUWEN_HUB_HOURS": "2", "SHOUWEN_HUB_PRIVATE": "1"})
    assert (other.listener_patience, other.private_callbacks) == (timedelta(hours=2), True)


def test_the_database_lies_in_the_folder_for_data_unless_it_is_named():
    assert database_url({"SHOUWEN_VAR": "/data"}) == "sqlite:////data/backend.sqlite"
    assert database_url({"DATABASE_URL": "postgresql://db/shouwen"}) == "postgresql://db/shouwen"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "SHOUWEN_BACKEND_TOKEN"),
        ({"SHOUWEN_BACKEND_TOKEN": "short"}, "SHOUWEN_BACKEND_TOKEN"),
        ({"SHOUWEN_BACKEND_TOKEN": "a-token-for-the-tests"}, "SHOUWEN_BOT_TOKEN"),
        (SECRET | {"SHOUWEN_HUB_HOURS": "0"}, "SHOUWEN_HUB_HOURS"),
        (SECRET | {"SHOUWEN_HUB_HOURS": "25"}, "SHOUWEN_HUB_HOURS"),
        (SECRET | {"SHOUWEN_HUB_HOURS": "a day"}, "SHOUWEN_HUB_HOURS"),
        (SECRET | {"SHOUWEN_PARTNER_TOKEN": "short"}, "SHOUWEN_PARTNER_TOKEN"),
        (SECRET | {"SHOUWEN_PARTNER_TOKENS": "a-token-without-a-name"}, "SHOUWEN_PARTNER_TOKENS"),
        (SECRET | {"SHOUWEN_PARTNER_TOKENS": "billing:short"}, "SHOUWEN_PARTNER_TOKENS: the token of billing"),
        (SECRET | {"SHOUWEN_PARTNER_TOKENS": f"a:{'x' * 16},a:{'y' * 16}"}, "SHOUWEN_PARTNER_TOKENS"),
        (SECRET | {"SHOUWEN_PARTNER_TOKENS": f"a:{'x' * 16},b:{'x' * 16}"}, "SHOUWEN_PARTNER_TOKENS"),
        (SECRET | {"SHOUWEN_BACKEND_URL": "https://127.0.0.1:8100"}, "SHOUWEN_BACKEND_URL"),
        (SECRET | {"SHOUWEN_BACKEND_URL": "http://127.0.0.1:99999"}, "SHOUWEN_BACKEND_URL"),
        (SECRET | {"SHOUWEN_BACKEND_URL": "8100"}, "SHOUWEN_BACKEND_URL"),
    ],
)
def test_what_is_missing_or_wrong_is_named(environ, named):
    with pytest.raises(SettingsInvalid, match=named):
        Settings.from_environ(environ)
