"""Nobody but WeChat speaks for a customer: published vectors, and wechatpy as the other side."""

import time
from uuid import uuid4

import pytest
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.channels.wechat.posted import Said, read
from bot.channels.wechat.seal import Seal
from bot.errors import RequestMalformed, SignatureWrong
from tests.integration.bot.wechat.follower import AES_KEY, TOKEN, Follower, signature

# The sample that comes with Tencent's own library for the encryption of messages (WXBizMsgCrypt).
PUBLISHED = {
    "timestamp": "1409735669",
    "nonce": "1320562132",
    "msg_signature": "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
    "encrypt_type": "aes",
}
PUBLISHED_TOKEN, PUBLISHED_APP = "spamtest", "wx2c2769f8efd9abc2"
PUBLISHED_BODY = (
    "<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Encrypt><![CDATA["
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9"
    "FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3y"
    "t+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v"
    "6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
    "]]></Encrypt></xml>"
)


def query_of(given):
    return lambda name: given.get(name, "")


@pytest.fixture
def published_seal():
    return Seal(token=PUBLISHED_TOKEN, app_id=PUBLISHED_APP, aes_key=AES_KEY)


@pytest.fixture
def published():
    signer = WeChatSigner()
    signer.add_data(PUBLISHED_TOKEN, PUBLISHED["timestamp"], PUBLISHED["nonce"])
    return PUBLISHED | {"signature": signer.signature}


@pytest.mark.channel("wechat", feature="身份与签名校验")
def test_the_published_message_is_opened_and_read(published_seal, published):
    posted = read(published_seal.opened(PUBLISHED_BODY.encode(), query_of(published)))

    assert posted.openid == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert posted.account == "gh_10f6c3c3ac5a"
    assert posted.what == Said(text="abcdteT")
    assert posted.at.timestamp() == 1409735668


def test_what_we_seal_wechatpy_opens(published_seal):
    sealed = published_seal.closed("<xml><Content>您好</Content></xml>", nonce="n1", timestamp="1409735669")
    parts = xmltodict.parse(sealed)["xml"]
    crypto = WeChatCrypto(PUBLISHED_TOKEN, AES_KEY, PUBLISHED_APP)

    opened = crypto.decrypt_message(sealed, parts["MsgSignature"], parts["TimeStamp"], parts["Nonce"])
    assert opened == "<xml><Content>您好</Content></xml>"


def test_a_message_meant_for_another_account_is_refused(published):
    other = Seal(token=PUBLISHED_TOKEN, app_id="wx0000000000000000", aes_key=AES_KEY)
    with pytest.raises(SignatureWrong):
        other.opened(PUBLISHED_BODY.encode(), query_of(published))


@pytest.mark.parametrize("name", ["signature", "msg_signature", "timestamp", "nonce", "encrypt_type"])
@pytest.mark.parametrize("given", ["", "0", "ü"])
def test_whatever_is_changed_in_safe_mode_it_is_refused(published_seal, published, name, given):
    with pytest.raises(SignatureWrong):
        published_seal.opened(PUBLISHED_BODY.encode(), query_of(published | {name: given}))


@pytest.mark.parametrize(
    "body",
    [b"", b"<xml/>", b"<xml><Encrypt>x</Encrypt></xml>", b"<xml>", b"\xff\xfe", b"{}", b"<a><Encrypt>x</Encrypt></a>"],
)
def test_rubbish_in_safe_mode_is_refused(published_seal, published, body):
    with pytest.raises((SignatureWrong, RequestMalformed)):
        published_seal.opened(body, query_of(published))


def test_rubbish_that_is_sealed_rightly_is_refused():
    seal = Seal(token=TOKEN, app_id=PUBLISHED_APP, aes_key=AES_KEY)
    for encrypted in ("AAAA", "!", "A" * 64):
        timestamp, nonce = str(int(time.time())), uuid4().hex
        query = {
            "timestamp": timestamp,
            "nonce": nonce,
            "encrypt_type": "aes",
            "signature": signature(timestamp, nonce),
            "msg_signature": signature(timestamp, nonce, encrypted),
        }
        with pytest.raises(RequestMalformed):
            seal.opened(f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode(), query_of(query))


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "rubbish",
        "<xml>",
        "<xml></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><MsgType>text</MsgType></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>b c</FromUserName><CreateTime>1</CreateTime>"
        "<MsgType>text</MsgType></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>soon</CreateTime>"
        "<MsgType>text</MsgType></xml>",
        "<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime>"
        "<MsgType>location</MsgType><Location_X>north</Location_X></xml>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><ToUserName>a</ToUserName>'
        "<FromUserName>b</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>&e;</Content></xml>",
        "<xml><MsgType><a/></MsgType></xml>",
        "<other/>",
    ],
)
def test_what_is_no_message_is_refused(xml):
    with pytest.raises(RequestMalformed):
        read(xml)


async def test_the_address_is_verified_in_either_mode(official):
    async with official() as bot:
        query = {"timestamp": "1409735669", "nonce": "n1", "echostr": "<b>4711</b>"}
        asked = query | {"signature": signature("1409735669", "n1")}
        answered = await bot.http.get("/wechat", params=asked)
        assert (answered.status_code, answered.text) == (200, "<b>4711</b>")
        assert answered.headers["content-type"].startswith("text/plain")

        for wrong in (query, asked | {"nonce": "n2"}, asked | {"signature": ""}):
            assert (await bot.http.get("/wechat", params=wrong)).status_code == 403


@pytest.mark.channel("wechat", feature="身份与签名校验")
async def test_without_its_signature_a_message_is_refused_and_nothing_comes_of_it(official, engine):
    async with official() as bot:
        follower = Follower(bot.http)
        for wrong in ({"signature": ""}, {"nonce": "n2"}, {"timestamp": "1"}, {"signature": "0" * 40}):
            refused = await follower.request(follower.text("您好"), **wrong)
            assert refused.status_code == 403
            assert "签名" in refused.json()["message"]
        assert engine.asked == []


@pytest.mark.channel("wechat", feature="身份与签名校验")
async def test_in_safe_mode_a_plain_message_is_refused(official, engine):
    async with official(aes=True) as bot:
        assert (await Follower(bot.http).request(Follower(bot.http).text("您好"))).status_code == 403
        sealed = Follower(bot.http, aes=True)
        assert (await sealed.request(sealed.text("您好"), msg_signature="0" * 40)).status_code == 403
        assert engine.asked == []


async def test_rubbish_is_refused(official):
    async with official() as bot:
        refused = await Follower(bot.http).request("<xml><MsgType>text</MsgType></xml>")
        assert (refused.status_code, refused.json()["error"]) == (400, "request_malformed")


async def test_without_an_account_there_is_no_channel(bot):
    assert (await bot.http.get("/wechat")).status_code == 404
