from django.db import migrations

GUARD = """
-- Refuses all but the owner of the tables who says, in the same transaction, that it rewrites the
-- ledger on purpose: a migration does. The site's own role does not own them.
CREATE FUNCTION nexus_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('nexus.rewrites_ledger', true) = 'on' AND current_user =
        (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_account_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE
    ON economics_ledgeraccount FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_guard();
CREATE TRIGGER ledger_transaction_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE
    ON economics_ledgertransaction FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_guard();
CREATE TRIGGER ledger_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE
    ON economics_ledgerentry FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_guard();

-- A transaction is recorded when it is written, whatever is sent, and takes entries only then.
CREATE FUNCTION nexus_ledger_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recorded_at := transaction_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_recorded_now BEFORE INSERT ON economics_ledgertransaction
    FOR EACH ROW EXECUTE FUNCTION nexus_ledger_recorded();

CREATE FUNCTION nexus_ledger_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM economics_ledgertransaction
        WHERE id = NEW.transaction_id AND recorded_at = transaction_timestamp()
    ) THEN
        RAISE EXCEPTION 'a transaction takes no entries later'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM economics_ledgeraccount
        WHERE id = NEW.account_id AND currency = NEW.currency
    ) THEN
        RAISE EXCEPTION 'an entry is in the currency of its account'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_fits BEFORE INSERT ON economics_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION nexus_ledger_entry_fits();

-- At the commit, for each transaction written: what it must have, and that it sums to zero.
CREATE FUNCTION nexus_ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entries bigint;
BEGIN
    SELECT count(*) INTO entries FROM economics_ledgerentry WHERE transaction_id = NEW.id;
    IF (NEW.status = 'void') <> (entries = 0) OR entries = 1 THEN
        RAISE EXCEPTION 'a transaction has two entries or more, a void one none'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM economics_ledgerentry WHERE transaction_id = NEW.id
        GROUP BY currency HAVING sum(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'the entries of a transaction sum to zero'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.resolves_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM economics_ledgertransaction WHERE id = NEW.resolves_id AND status = 'pending'
    ) THEN
        RAISE EXCEPTION 'only what is pending is resolved'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON economics_ledgertransaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nexus_ledger_balances();
"""
UNGUARD = """
DROP TRIGGER ledger_balances ON economics_ledgertransaction;
DROP TRIGGER ledger_entry_fits ON economics_ledgerentry;
DROP TRIGGER ledger_recorded_now ON economics_ledgertransaction;
DROP TRIGGER ledger_entry_only_grows ON economics_ledgerentry;
DROP TRIGGER ledger_transaction_only_grows ON economics_ledgertransaction;
DROP TRIGGER ledger_account_only_grows ON economics_ledgeraccount;
DROP FUNCTION nexus_ledger_balances();
DROP FUNCTION nexus_ledger_entry_fits();
DROP FUNCTION nexus_ledger_recorded();
DROP FUNCTION nexus_ledger_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("economics", "0001_ledger")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
