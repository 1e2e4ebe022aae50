"""The environment of the bot."""

from datetime import timedelta

import pytest

from bot.settings import Settings, SettingsInvalid

NAMED = ("SHOUWEN_ENGINE_TOKEN", "SHOUWEN_BOT_TOKEN", "SHOUWEN_BACKEND_TOKEN", "SHOUWEN_VISITOR_KEY")
SECRETS = dict.fromkeys(NAMED, "0123456789abcdef")


def test_only_the_secrets_must_be_given():
    settings = Settings.from_environ(SECRETS)

    assert (settings.operator, settings.port, settings.engine_url) == ("jiangxi", 8000, "http://127.0.0.1:5005")
    assert settings.database_url.startswith("sqlite:////")
    assert settings.database_url.endswith("/var/bot.sqlite")
    assert settings.visitor_max_age == timedelta(days=30)


@pytest.mark.parametrize("secret", sorted(SECRETS))
@pytest.mark.parametrize("value", ["", "short"])
def test_without_a_secret_the_process_refuses_to_start(secret, value):
    with pytest.raises(SettingsInvalid, match=f"^{secret} .*[^\n]$"):
        Settings.from_environ(SECRETS | {secret: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("SHOUWEN_ENGINE_URL", "127.0.0.1:5005"),
        ("SHOUWEN_ENGINE_URL", "ftp://engine"),
        ("SHOUWEN_SESSION_RATE", "many"),
        ("SHOUWEN_MESSAGE_RATE", "5 per fortnight"),
        ("SHOUWEN_VISITOR_DAYS", "0"),
        ("SHOUWEN_PROXIES", "some"),
        ("SHOUWEN_DESK_IDLE_MINUTES", "0"),
        ("SHOUWEN_DESK_HOURS", "25"),
        ("SHOUWEN_NLU_CHECKOUT", "/nowhere"),
        ("SHOUWEN_JAMBONZ_SECRET", "short"),
        ("SHOUWEN_TWILIO_TOKEN", "short"),
        ("SHOUWEN_TWILIO_TOKEN", "0123456789abcdef"),  # without the address that is signed
        ("SHOUWEN_PUBLIC_URL", "kefu.example.com"),
        ("SHOUWEN_HOTLINE_AGENTS", "the desk"),
        ("SHOUWEN_REDIS_URL", "localhost:6379"),
        ("SHOUWEN_ORIGINS", "www.operator.example"),
        ("SHOUWEN_ORIGINS", "https://www.operator.example/"),
        ("SHOUWEN_ORIGINS", "https://*.operator.example"),
        ("SHOUWEN_ORIGINS", "https://www.operator.example; script-src *"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name, value):
    with pytest.raises(SettingsInvalid, match=f"^{name} [^\n]*$"):
        Settings.from_environ(SECRETS | {name: value})


TELEPHONE = {
    "SHOUWEN_JAMBONZ_SECRET": "0123456789abcdef",
    "SHOUWEN_JAMBONZ_URL": "https://jambonz.example.com/api/",
    "SHOUWEN_JAMBONZ_ACCOUNT": "account",
    "SHOUWEN_JAMBONZ_API_KEY": "key",
    "SHOUWEN_JAMBONZ_CALLER_ID": "079196130",
    "SHOUWEN_JAMBONZ_APPLICATION": "application",
}


def test_the_telephone_is_there_where_all_of_it_is_set():
    assert Settings.from_environ(SECRETS).telephone is None
    assert Settings.from_environ(SECRETS | TELEPHONE).telephone.url == "https://jambonz.example.com/api"


@pytest.mark.parametrize("missing", sorted(TELEPHONE))
def test_half_a_telephone_is_refused_and_what_is_missing_named(missing):
    with pytest.raises(SettingsInvalid, match=missing):
        Settings.from_environ(SECRETS | TELEPHONE | {missing: ""})


def test_without_its_secrets_there_is_no_hotline_and_nobody_to_put_through_to():
    settings = Settings.from_environ(SECRETS)

    assert (settings.jambonz_secret, settings.twilio_token, settings.hotline_agents) == ("", "", ())


def test_agents_of_the_hotline_are_addresses_and_numbers():
    settings = Settings.from_environ(SECRETS | {"SHOUWEN_HOTLINE_AGENTS": "sip:desk@pbx.example.com, +8679112345678"})

    assert settings.hotline_agents == ("sip:desk@pbx.example.com", "+8679112345678")


def test_sites_of_others_are_named_one_by_one():
    settings = Settings.from_environ(SECRETS | {"SHOUWEN_ORIGINS": "https://a.example, http://b.example:8080"})

    assert settings.origins == ("https://a.example", "http://b.example:8080")
    assert Settings.from_environ(SECRETS).origins == ()


def test_training_phrases_are_written_only_to_a_checkout_that_is_named(tmp_path):
    (tmp_path / "data" / "nlu").mkdir(parents=True)

    assert Settings.from_environ(SECRETS).nlu_checkout is None
    assert Settings.from_environ(SECRETS | {"SHOUWEN_NLU_CHECKOUT": f"{tmp_path}"}).nlu_checkout == tmp_path
