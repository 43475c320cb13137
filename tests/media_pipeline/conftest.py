"""What the tests of the machine may ask for."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from media_pipeline.models import Media
from media_pipeline.storage import get_storage
from media_pipeline.storage.s3 import S3MediaStorage
from tests.media_pipeline.pieces import stored_piece

BUCKET = "music"
KEYS = {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret", "S3_REGION": "us-east-1"}


@pytest.fixture
def media(db: None) -> Iterator[Media]:
    """One piece that is there to be heard."""
    with stored_piece() as piece:
        yield piece


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a real S3 server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def bucket(endpoint: str) -> S3MediaStorage:
    """An empty bucket of it."""
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=KEYS["S3_REGION"],
        aws_access_key_id=KEYS["S3_ACCESS_KEY"],
        aws_secret_access_key=KEYS["S3_SECRET_KEY"],
    )
    client.create_bucket(Bucket=BUCKET)
    return S3MediaStorage(client, BUCKET)


@pytest.fixture
def site_bucket(endpoint: str, settings: Any) -> Iterator[S3MediaStorage]:
    """The storage of this process, in an empty bucket."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": BUCKET,
                "endpoint_url": endpoint,
                "region_name": KEYS["S3_REGION"],
                "access_key": KEYS["S3_ACCESS_KEY"],
                "secret_key": KEYS["S3_SECRET_KEY"],
                "signature_version": "s3v4",
            },
        }
    }
    storage = get_storage()
    assert isinstance(storage, S3MediaStorage)
    storage.client.create_bucket(Bucket=BUCKET)
    yield storage
    for place, _ in list(storage.remains()):
        storage.drop(place)
    for key in list(storage.list("")):
        storage.delete(key)
