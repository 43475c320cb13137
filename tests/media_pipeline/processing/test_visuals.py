"""A picture or a film for the cinema: made anew from whatever was sent."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline.assets.services.removal import remove_media
from media_pipeline.delivery import media_url
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Asset, Job
from media_pipeline.processing.services.visuals import key_of
from media_pipeline.storage import get_storage
from tests.factories.media_pipeline import MediaFactory
from tests.media_pipeline.audio import make
from tests.media_pipeline.jobs.test_jobs_processing import arrive

pytestmark = pytest.mark.django_db(transaction=True)

TEST_CARD = ["-f", "lavfi", "-i", "testsrc2=size=1600x900:rate=30:duration=2"]
BEEP = ["-f", "lavfi", "-i", "sine=f=440:d=2"]


def shown(path: Path) -> Job:
    job = jobs.enqueue(kind=Job.Kind.VISUAL, asset=arrive(path))
    run_job(job.pk)
    job.refresh_from_db()
    return job


def picture(path: Path, size: tuple[int, int], **how: object) -> Path:
    Image.new("RGB", size, (180, 90, 40)).save(path, **how)
    return path


def made(asset: Asset, tmp_path: Path) -> Path:
    asset.refresh_from_db()
    path = tmp_path / "made"
    path.write_bytes(get_storage().read(key_of(asset, asset.mime)))
    return path


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_written_anew_and_smaller(tmp_path: Path, form: str) -> None:
    job = shown(picture(tmp_path / "a", (4000, 2000), format=form))
    assert (job.state, job.error) == ("succeeded", "")
    image = Image.open(made(job.asset, tmp_path))
    assert (image.format, image.size) == ("JPEG", (1920, 960))
    assert job.asset.mime == "image/jpeg"
    assert job.asset.ready_at is not None


def test_nothing_personal_stays_in_a_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    job = shown(picture(tmp_path / "a.jpg", (300, 300), exif=exif))
    assert b"Ada" not in made(job.asset, tmp_path).read_bytes()


@pytest.mark.parametrize("name", ["film.mp4", "film.webm", "film.mkv", "film.mov"])
def test_a_film_loops_small_and_silent(tmp_path: Path, name: str) -> None:
    codec = ["-c:v", "libvpx-vp9", "-deadline", "realtime"] if name.endswith("webm") else []
    film = make(*TEST_CARD, *BEEP, *codec, "-shortest", to=tmp_path / name)
    job = shown(film)
    assert (job.state, job.error) == ("succeeded", "")
    import av

    with av.open(str(made(job.asset, tmp_path))) as container:
        assert not container.streams.audio
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 1280, 720)
        assert float(container.duration / 1_000_000) == pytest.approx(2, abs=0.1)


def test_what_is_neither_is_refused_with_a_sentence(tmp_path: Path) -> None:
    files = {
        "text.png": b"hello",
        "cut.jpg": b"\xff\xd8\xff" + os.urandom(200),
        "fake.mp4": b"\0\0\0\x18ftypmp42" + os.urandom(400),
        "list.txt": b"ffconcat version 1.0\nfile /etc/passwd\n",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        job = shown(path)
        assert job.state == "failed", name
        assert job.error.endswith("."), name
        assert job.asset.ready_at is None


def test_a_picture_too_large_to_open_is_refused(tmp_path: Path) -> None:
    job = shown(picture(tmp_path / "huge.png", (8000, 8000), format="PNG"))
    assert job.state == "failed"


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    job = shown(make(*BEEP, to=tmp_path / "a.m4a"))
    assert (job.state, job.error_code) == ("failed", "no-film")


def test_it_is_served_under_a_signature_and_goes_with_its_asset(client, tmp_path: Path) -> None:
    job = shown(picture(tmp_path / "a.png", (400, 300), format="PNG"))
    media = MediaFactory(asset=job.asset)
    answer = client.get(media_url(media, "-", "visual.jpg", scope="img"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(answer.content)).size == (400, 300)
    assert client.get(media_url(media, "-", "visual.mp4", scope="img")).status_code == 404
    remove_media(media)
    assert not get_storage().exists(key_of(job.asset, "image/jpeg"))
