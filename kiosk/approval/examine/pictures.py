"""Photos: what they say they are, to the last line, and not larger than any camera makes them. HEIC becomes JPEG."""

import warnings
from pathlib import Path

from PIL import Image, ImageFile

from kiosk.approval.examine.verdict import HEIC, MOST_PIXELS, Bad
from kiosk.contract.files import Fault, MediaType

FORMATS = {MediaType.JPEG.value: "JPEG", MediaType.PNG.value: "PNG"}
QUALITY = 92
SMALL = 8
"""JPEG is looked through at an eighth of its size: every byte is read, and a 64th of the memory taken."""

Image.preinit()  # reads the decoders now, once, and not in every child
Image.MAX_IMAGE_PIXELS = None  # our own limits are kept, by kind of picture
ImageFile.LOAD_TRUNCATED_IMAGES = False


def examine(file: Path, media_type: str) -> None:
    """Decode a JPEG or PNG wholly. Raises Bad."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about unusual metadata, which nobody uses here
            _decode(file, media_type)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise Bad(Fault.DAMAGED) from error


def _decode(file: Path, media_type: str) -> None:
    with Image.open(file, formats=[FORMATS[media_type]]) as picture:
        _refuse_huge(picture.size, media_type)
        if media_type == MediaType.JPEG:
            picture.draft(None, (picture.width // SMALL, picture.height // SMALL))
        picture.load()


def _refuse_huge(size: tuple[int, int], media_type: str) -> None:
    if size[0] * size[1] > MOST_PIXELS[media_type]:
        raise Bad(Fault.BOMB)


def heic_to_jpeg(file: Path, jpeg: Path) -> None:
    """Write the first picture of a HEIC file as JPEG, upright. Raises Bad, also where this machine cannot read HEIC."""
    try:
        import pillow_heif  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        raise Bad(Fault.TYPE) from error
    try:
        heif = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
        _refuse_huge(heif.size, HEIC)
        heif.to_pillow().convert("RGB").save(jpeg, "JPEG", quality=QUALITY)
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        raise Bad(Fault.DAMAGED) from error
