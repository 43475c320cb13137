"""Indexes the plan demands are in the database, whatever a migration was edited into."""

import pytest
from django.db import connection

# table → words that must stand together in one index's definition
WANTED = [
    ("tracks_track", "UNIQUE INDEX", "(slug)"),
    ("tracks_track", "UNIQUE INDEX", "(token)"),
    ("tracks_track", "(published_at DESC, id DESC)", "WHERE"),
    ("tracks_track", "(owner_id, id DESC)"),
    ("tracks_track", "(licence, published_at DESC, id DESC)", "WHERE"),
    ("tracks_trackversion", "UNIQUE INDEX", "(track_id, number)"),
    ("tracks_trackversion", "UNIQUE INDEX", "(media_id)"),
    ("tracks_name", "UNIQUE INDEX", "(key)"),
    ("tracks_name", "(key text_pattern_ops)"),
    ("tracks_credit", "(name_id, role)"),
    ("tracks_tag", "(key text_pattern_ops)"),
    ("tracks_tracktag", "(tag_id, track_id)", "WHERE"),
    ("media_pipeline_asset", "(owner_id, sha256)"),
    ("media_pipeline_asset", "(key)"),
    ("media_pipeline_media", "(asset_id)"),
    ("media_pipeline_rendition", "UNIQUE INDEX", "(asset_id, format)"),
    ("media_pipeline_job", "UNIQUE INDEX", "(dedupe_key)", "WHERE"),
    ("media_pipeline_job", "(created_at)", "WHERE"),
    ("media_pipeline_upload", "(owner_id, state)"),
    ("media_pipeline_upload", "(expires_at)", "WHERE"),
    ("media_pipeline_fingerprint", "(hash)"),
    ("media_pipeline_fingerprint", "gin", "(words)"),
    ("social_user", "UNIQUE INDEX", "(handle)"),
    ("social_user", "INDEX user_email", "(email)"),
    ("social_apitoken", "UNIQUE INDEX", "(digest)"),
    ("social_comment", "(track_id, at_ms)"),
    ("social_comment", "(parent_id, id)"),
    ("social_placement", "(version_id, at_ms)"),
    ("social_placement", "UNIQUE INDEX", "(comment_id, version_id)"),
    ("social_notification", "(user_id, id DESC)"),
    ("social_notification", "(user_id)", "WHERE"),
    ("social_reviewer", "UNIQUE INDEX", "(track_id, user_id)"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", WANTED, ids=lambda words: " ".join(words))
def test_the_index_is_there(wanted: tuple[str, ...]) -> None:
    table, *words = wanted
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        found = [row[0] for row in cursor.fetchall()]
    assert any(all(word in text for word in words) for text in found), "\n".join(found)
