"""What passes for a photo, and what is left in it."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from bot.errors import PhotoOfAnotherKind, PhotoTooLarge
from bot.pictures import LONGEST_SIDE, MOST_BYTES, cleaned

RED = (200, 30, 30)


def a_file(kind="JPEG", *, size=(40, 30), mode="RGB", **more):
    written = BytesIO()
    Image.new(mode, size, RED if mode == "RGB" else None).save(written, format=kind, **more)
    return written.getvalue()


def opened(picture):
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stays_what_it_is(kind):
    picture = cleaned(a_file(kind))

    assert picture.media_type == f"image/{kind.lower()}"
    shown = opened(picture)
    assert (shown.format, shown.size) == (kind, (40, 30))
    assert all(abs(is_ - was) < 8 for is_, was in zip(shown.convert("RGB").getpixel((5, 5)), RED, strict=True))


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "1"), ("PNG", "RGBA")]
)
def test_every_way_to_write_colours_is_understood(kind, mode):
    assert opened(cleaned(a_file(kind, mode=mode))).size == (40, 30)


def test_place_device_and_remarks_are_left_out():
    exif = Image.Exif()
    exif[0x0110] = "a-telephone"
    exif.get_ifd(0x8825)[2] = (28.0, 41.0, 1.0)
    remarks = PngImagePlugin.PngInfo()
    remarks.add_text("Comment", "at home")

    for content in (
        a_file("JPEG", exif=exif, comment=b"at home"),
        a_file("PNG", exif=exif, pnginfo=remarks),
        a_file("WEBP", exif=exif, xmp=b"<x:xmpmeta>at home</x:xmpmeta>"),
    ):
        assert b"at home" in content or b"a-telephone" in content
        kept = cleaned(content).content
        assert b"at home" not in kept
        assert b"a-telephone" not in kept
        assert b"Exif" not in kept


def test_a_photo_taken_upright_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°

    assert opened(cleaned(a_file(exif=exif, size=(40, 30)))).size == (30, 40)


def test_a_large_photo_is_kept_as_large_as_it_needs_to_be():
    assert opened(cleaned(a_file(size=(6000, 3000)))).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(PhotoTooLarge, match="5 MB"):
        cleaned(a_file() + bytes(MOST_BYTES))


@pytest.mark.parametrize("size", [(9000, 9000), (20_000, 20_000)])
def test_a_small_file_that_unfolds_to_too_much_is_refused(size):
    bomb = a_file("PNG", size=size, mode="1")
    assert len(bomb) < MOST_BYTES

    with pytest.raises(PhotoTooLarge):
        cleaned(bomb)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "我家电视坏了".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0",
        a_file("GIF"),
        a_file("BMP"),
        a_file("PNG")[:60],
        a_file("JPEG", size=(400, 300))[:400],
    ],
    ids=["empty", "text", "svg", "begin of a jpeg", "gif", "bmp", "half a png", "half a jpeg"],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(PhotoOfAnotherKind):
        cleaned(content)


def test_what_is_hidden_behind_a_photo_is_left_out():
    assert b"<script>" not in cleaned(a_file("PNG") + b"<script>alert(1)</script>").content
