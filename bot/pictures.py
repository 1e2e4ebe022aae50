"""What a customer sends as a photo 照片: found to be one, and written anew without what else was in the file."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.errors import PhotoOfAnotherKind, PhotoTooLarge

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 5
MOST_BYTES: Final = MOST_MEGABYTES * MEGABYTE
MOST_PIXELS: Final = 50_000_000  # a small file may unfold to any size
LONGEST_SIDE: Final = 2560  # pixels, as it is kept: a lamp or a connector can still be read
MEDIA_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MODES: Final = {"JPEG": ("L", "RGB"), "PNG": ("L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}


@dataclass(frozen=True, kw_only=True)
class Picture:
    media_type: str
    content: bytes


def cleaned(content: bytes) -> Picture:
    """The picture alone: place, time and device (EXIF, XMP, comments) are left out. The file's name says nothing.

    Takes up to a second. Raises PhotoTooLarge, PhotoOfAnotherKind.
    """
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(most=MOST_MEGABYTES)
    try:
        with Image.open(BytesIO(content), formats=tuple(MEDIA_TYPES)) as opened:
            kind = str(opened.format)
            _within_pixels(opened)
            opened.verify()  # leaves it unusable
        with Image.open(BytesIO(content), formats=(kind,)) as opened:
            return _written_anew(opened, kind=kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoTooLarge(most=MOST_MEGABYTES) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as broken:
        raise PhotoOfAnotherKind from broken


def _within_pixels(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PhotoTooLarge(most=MOST_MEGABYTES)


def _written_anew(opened: Image.Image, *, kind: str) -> Picture:
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    image = upright if upright.mode in MODES[kind] else upright.convert("RGBA" if kind != "JPEG" else "RGB")
    profile = image.info.get("icc_profile")
    image.info = {}
    written = BytesIO()
    image.save(written, format=kind, icc_profile=profile)
    return Picture(media_type=MEDIA_TYPES[kind], content=written.getvalue())
