"""A cover for every piece: its own, or one drawn from its sound."""

import io

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from media_pipeline.steps.colour import HOUSE_ACCENT, accent, oklch, to_oklab
from media_pipeline.steps.drawing import drawn_cover, waveform_png
from media_pipeline.steps.pictures import embedded_cover
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff
from tests.media_pipeline.audio import DATA, make, tone


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def with_cover(tmp_path, image, *, suffix="png", **options):
    picture = tmp_path / f"cover.{suffix}"
    image.save(picture, **options)
    arguments = [*tone(1), "-i", picture, "-map", "0", "-map", "1", "-c:v", "copy"]
    return make(*arguments, "-disposition:v", "attached_pic", to=tmp_path / "piece.flac")


@pytest.mark.parametrize(("suffix", "mode"), [("png", "RGBA"), ("jpg", "CMYK"), ("png", "P")])
def test_the_picture_inside_becomes_two_squares(tmp_path, suffix, mode):
    image = Image.new("RGB", (640, 480), (20, 60, 200)).convert(mode)
    cover = embedded_cover(with_cover(tmp_path, image, suffix=suffix), "flac")
    assert cover is not None
    assert (opened(cover.full).size, opened(cover.thumb).size) == ((1000, 1000), (200, 200))
    assert opened(cover.full).format == opened(cover.thumb).format == "JPEG"
    _lightness, _a, b = to_oklab(tuple(bytes.fromhex(cover.accent)))
    assert b < -0.05, "blue"


def test_a_picture_lying_on_its_side_is_set_upright_and_tells_no_secrets(tmp_path):
    image = Image.new("RGB", (600, 300), "white")
    image.paste("black", (0, 0, 600, 60))  # a black edge, on top as stored
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by 90 degrees: the edge belongs on the right
    exif[0x010F] = "Camera of the artist"
    cover = embedded_cover(with_cover(tmp_path, image, suffix="jpg", exif=exif), "flac")
    full = opened(cover.full)
    assert full.getpixel((980, 500))[0] < 60
    assert full.getpixel((500, 20))[0] > 200
    assert not full.getexif()


def test_sixteen_bits_of_grey_keep_their_shades(tmp_path):
    levels = np.linspace(0, 65_535, 400).astype(np.uint16)
    image = Image.fromarray(np.repeat(levels[:, None], 400, axis=1))
    full = opened(embedded_cover(with_cover(tmp_path, image), "flac").full).convert("L")
    assert full.getpixel((500, 20)) < 20
    assert full.getpixel((500, 500)) == pytest.approx(128, abs=6)
    assert full.getpixel((500, 980)) > 235


def test_an_icon_does_not_hide_the_picture(tmp_path):
    for name, side, colour in (("icon", 32, "red"), ("real", 400, "blue")):
        Image.new("RGB", (side, side), colour).save(tmp_path / f"{name}.png")
    inputs = [*tone(1), "-i", tmp_path / "icon.png", "-i", tmp_path / "real.png"]
    maps = ["-map", "0", "-map", "1", "-map", "2", "-c:v", "copy"]
    attached = ["-disposition:v:0", "attached_pic", "-disposition:v:1", "attached_pic"]
    path = make(*inputs, *maps, *attached, to=tmp_path / "a.flac")
    assert opened(embedded_cover(path, "flac").full).getpixel((500, 500))[2] > 200


def test_a_picture_that_was_cut_short_is_shown_as_far_as_it_goes(tmp_path):
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "blue").save(out, "JPEG")
    path = with_id3_picture(tmp_path, out.getvalue()[:-40], b"image/jpeg")
    assert opened(embedded_cover(path, "mp3").full).getpixel((100, 100))[2] > 200


def test_a_png_with_much_text_is_a_picture(tmp_path):
    words = PngInfo()
    words.add_itxt("Comment", "la " * 1_000_000, zip=True)
    image = Image.new("RGB", (400, 400), "blue")
    assert embedded_cover(with_cover(tmp_path, image, pnginfo=words), "flac") is not None


@pytest.mark.parametrize("form", ["BMP", "GIF", "WEBP"])
@pytest.mark.parametrize("mime", [b"image/pjpeg", b"image/x-png", b"", b"IMAGE/JPEG"])
def test_the_type_that_a_picture_claims_is_not_believed(tmp_path, form, mime):
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "blue").save(out, form)
    path = with_id3_picture(tmp_path, out.getvalue(), mime)
    assert probe(path, "mp3").has_picture or form != "BMP"
    assert opened(embedded_cover(path, "mp3").full).getpixel((500, 500))[2] > 200


def with_id3_picture(tmp_path, data, mime):
    """An MP3 whose ID3v2.3 tag holds a front cover that says it is of this type."""
    bare = make(*tone(1), "-id3v2_version", "0", to=tmp_path / "bare.mp3").read_bytes()
    body = b"\0" + mime + b"\0\x03\0" + data
    frame = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = bytes(len(frame) >> 7 * shift & 0x7F for shift in (3, 2, 1, 0))
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\x03\0\0" + size + frame + bare)
    return path


@pytest.mark.parametrize(
    "name", ["cover-grey16.mp3", "cover-icon-first.m4a", "cover-cut-short.mp3"]
)
def test_the_known_cases_show_their_own_cover(name):
    path = DATA / "cases" / name
    if not path.exists():
        pytest.skip("needs the known cases")
    assert embedded_cover(path, sniff(path)) is not None


def test_transparency_lies_on_paper(tmp_path):
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    cover = embedded_cover(with_cover(tmp_path, image), "flac")
    assert min(opened(cover.full).getpixel((500, 500))) > 220


def test_music_without_a_picture_has_no_embedded_cover(tmp_path):
    assert embedded_cover(make(*tone(1), to=tmp_path / "a.flac"), "flac") is None


def test_a_picture_too_small_to_show_is_none(tmp_path):
    assert embedded_cover(with_cover(tmp_path, Image.new("RGB", (40, 40))), "flac") is None


def test_a_picture_of_more_than_forty_megapixels_is_none(tmp_path):
    huge = Image.new("1", (7000, 7000))
    assert embedded_cover(with_cover(tmp_path, huge), "flac") is None


def test_the_accent_is_the_hue_that_stands_out():
    pixels = [(120, 120, 120)] * 800 + [(200, 40, 30)] * 150 + [(90, 100, 130)] * 50
    lightness, a, _b = to_oklab(tuple(bytes.fromhex(accent(pixels))))
    assert a > 0.08
    assert 0.45 < lightness < 0.8


@pytest.mark.parametrize("grey", [(0, 0, 0), (128, 128, 128), (255, 255, 255)])
def test_a_grey_cover_takes_the_accent_of_the_house(grey):
    assert accent([grey] * 100) == HOUSE_ACCENT


def test_colours_survive_the_way_to_oklch_and_back():
    assert to_oklab(oklch(0.6, 0.1, 40))[0] == pytest.approx(0.6, abs=0.01)
    assert all(0 <= value <= 255 for value in oklch(0.9, 0.4, 150))


def test_the_same_sound_draws_the_same_cover_and_another_sound_another():
    rising = [value for level in range(1000) for value in (-level // 8, level // 8)]
    falling = rising[::-1]
    assert drawn_cover(rising) == drawn_cover(rising)
    assert drawn_cover(rising).full != drawn_cover(falling).full
    assert opened(drawn_cover(rising).full).size == (1000, 1000)


@pytest.mark.parametrize("overview", [[], [0, 0] * 1000, [-128, 127] * 1000])
def test_silence_and_noise_can_be_drawn_too(overview):
    assert opened(drawn_cover(overview).thumb).size == (200, 200)
    assert opened(waveform_png(overview)).size == (200, 60)
