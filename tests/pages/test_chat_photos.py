"""A photo of the fault: sent, shown, and refused where it is none."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import expect


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "box.jpg"
    Image.new("RGB", (320, 240), "#3366aa").save(file)
    return file


@pytest.mark.channel("web", feature="图片上传")
async def test_a_photo_is_sent_and_stays_after_a_reload(customer, photo, engine):
    await customer.sends_photo(photo)
    await customer.sees(("我", "您发的照片"), ("机器人", "收到：[照片]"))
    await customer.page.reload()

    await customer.sees(("我", "您发的照片"), ("机器人", "收到：[照片]"))
    shown = customer.page.get_by_role("img", name="您发的照片")
    await expect(shown).to_have_js_property("naturalWidth", 320)
    await expect(shown).to_have_js_property("naturalHeight", 240)
    [asked] = engine.asked
    assert len(asked["metadata"]["attachment"]) == 32


@pytest.mark.channel("web", feature="图片上传")
async def test_what_is_no_photo_is_refused_with_the_reason(customer, tmp_path, engine):
    letter = tmp_path / "letter.jpg"
    letter.write_text("我家电视坏了")
    await customer.sends_photo(letter)

    await customer.sees_text("没有发出：这个文件不是照片，或者已经损坏")
    assert engine.asked == []


@pytest.mark.channel("web", feature="图片上传")
async def test_a_photo_of_a_telephone_is_made_small_enough(customer, tmp_path):
    noise = Image.effect_noise((3200, 2400), 120)
    file = tmp_path / "large.png"
    noise.save(file)
    assert file.stat().st_size > 5 * 1024 * 1024
    await customer.sends_photo(file)

    await customer.sees(("我", "您发的照片"), ("机器人", "收到：[照片]"))
    shown = customer.page.get_by_role("img", name="您发的照片")
    await expect(shown).to_have_js_property("naturalWidth", 2560)


@pytest.mark.channel("web", feature="图片上传")
async def test_a_large_file_that_is_no_photo_is_refused_before_it_is_sent(customer, tmp_path):
    film = tmp_path / "film.png"
    film.write_bytes(bytes(6 * 1024 * 1024))
    await customer.sends_photo(film)

    await customer.sees_text("没有发出：这个文件超过 5 MB，也不是能识别的照片")


@pytest.mark.channel("web", feature="图片上传")
@pytest.mark.channel("web", feature="断线不丢消息")
async def test_a_photo_waits_for_the_connection(customer, photo):
    await customer.says("一")
    await customer.sees(("我", "一"), ("机器人", "收到：一"))
    await customer.context.set_offline(True)
    await customer.sends_photo(photo)
    await customer.sees_text("发送中…")
    await customer.context.set_offline(False)

    await customer.sees(("我", "一"), ("机器人", "收到：一"), ("我", "您发的照片"), ("机器人", "收到：[照片]"))
    await expect(customer.page.get_by_text("发送中…")).to_have_count(0)


@pytest.mark.channel("web", feature="图片上传")
async def test_where_a_photo_was_taken_does_not_stay_in_it(bot, customer, tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    file = tmp_path / "at-home.jpg"
    Image.new("RGB", (64, 48)).save(file, exif=exif)
    await customer.sends_photo(file)
    await customer.sees(("我", "您发的照片"), ("机器人", "收到：[照片]"))
    headers = {"Authorization": f"Bearer {await customer.page.evaluate('localStorage.getItem(`shouwen.token`)')}"}
    [message, _] = (await bot.http.get("/chat/messages", headers=headers)).json()

    kept = await bot.http.get(f"/chat/photos/{message['attachment']}", headers=headers)

    assert dict(Image.open(BytesIO(kept.content)).getexif()) == {}
