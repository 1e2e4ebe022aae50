"""A photo to send."""

from io import BytesIO

from PIL import Image


def a_photo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, format="PNG")
    return written.getvalue()
