from django.db import migrations

# Beside an artist stands whether they say where they are paid, so that no page of a piece asks more
# than it did. Whatever writes or takes away a way to pay somebody, it follows.
FOLLOW = """
CREATE FUNCTION nexus_payable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person uuid;
BEGIN
    FOR person IN
        SELECT DISTINCT one FROM unnest(ARRAY[
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.artist_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.artist_id END
        ]) AS one WHERE one IS NOT NULL
    LOOP
        UPDATE social_user
        SET is_payable = EXISTS (SELECT FROM economics_paylink WHERE artist_id = person)
        WHERE id = person;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER pay_link_makes_payable AFTER INSERT OR DELETE OR UPDATE OF artist_id
    ON economics_paylink FOR EACH ROW EXECUTE FUNCTION nexus_payable();
UPDATE social_user SET is_payable = true WHERE id IN (SELECT artist_id FROM economics_paylink);
"""
UNFOLLOW = """
DROP TRIGGER pay_link_makes_payable ON economics_paylink;
DROP FUNCTION nexus_payable();
"""


class Migration(migrations.Migration):
    dependencies = [("economics", "0008_prices"), ("social", "0015_payable")]

    operations = [migrations.RunSQL(FOLLOW, UNFOLLOW)]
