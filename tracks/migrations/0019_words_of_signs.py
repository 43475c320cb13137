"""Have found anew what is folded in another way since: ё, alef with hamza, titles of signs alone."""

from django.db import migrations

MARK = """
INSERT INTO tracks_changedthing (thing)
SELECT CASE
    WHEN kind = 'artist' THEN 'name'
    WHEN kind IN ('release', 'playlist') THEN 'list'
    ELSE kind
END || ':' || id
FROM tracks_document WHERE title_key = '' OR words::text ~ '[ёأإآىٱ]'
"""


class Migration(migrations.Migration):
    dependencies = [("tracks", "0018_fewer_words")]

    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
