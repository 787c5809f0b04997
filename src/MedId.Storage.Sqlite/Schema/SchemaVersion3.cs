namespace MedId.Storage.Sqlite;

/// <summary>
/// Consents given beforehand, proxies, and what rests on them. Code of version 2 is refused afterwards, because it would let data be read under a consent whose ground is gone.
/// </summary>
internal static class SchemaVersion3
{
    public const string Sql = """
        CREATE TABLE standing_consents(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            subject TEXT NOT NULL,
            kind INTEGER NOT NULL,
            status INTEGER NOT NULL,
            given_at INTEGER NOT NULL,
            valid_until INTEGER NOT NULL,
            uses INTEGER NOT NULL DEFAULT 0,
            max_uses INTEGER,
            code_digest TEXT,
            device_id TEXT,
            withdrawn_at INTEGER,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, subject) REFERENCES accounts(tenant, id)) STRICT;
        CREATE INDEX standing_consents_by_subject ON standing_consents(tenant, subject, given_at);
        CREATE UNIQUE INDEX standing_consents_by_code ON standing_consents(tenant, code_digest) WHERE code_digest IS NOT NULL;
        CREATE INDEX standing_consents_by_end_of_code ON standing_consents(valid_until) WHERE code_digest IS NOT NULL;

        CREATE TABLE code_attempts(
            tenant TEXT NOT NULL,
            client_id TEXT NOT NULL,
            window_start INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            PRIMARY KEY(tenant, client_id)) STRICT, WITHOUT ROWID;

        ALTER TABLE consents ADD COLUMN standing_id TEXT;
        CREATE INDEX consents_by_standing ON consents(tenant, standing_id) WHERE standing_id IS NOT NULL;
        ALTER TABLE consents ADD COLUMN relation_id TEXT;
        CREATE INDEX consents_by_relation ON consents(tenant, relation_id) WHERE relation_id IS NOT NULL;
        ALTER TABLE consents ADD COLUMN reuse INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE consents ADD COLUMN recipient_version INTEGER;

        CREATE TABLE proxy_relations(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            patient TEXT NOT NULL,
            proxy TEXT NOT NULL,
            state INTEGER NOT NULL,
            registered_at INTEGER NOT NULL,
            valid_from INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            appointment BLOB,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, patient) REFERENCES accounts(tenant, id),
            FOREIGN KEY(tenant, proxy) REFERENCES accounts(tenant, id)) STRICT;
        CREATE INDEX proxy_relations_by_patient ON proxy_relations(tenant, patient, registered_at);
        CREATE INDEX proxy_relations_by_proxy ON proxy_relations(tenant, proxy, registered_at);
        CREATE INDEX proxy_relations_by_end ON proxy_relations(ends_at) WHERE state <> 3;
        CREATE INDEX consents_by_device ON consents(tenant, device_id) WHERE relation_id IS NOT NULL;

        ALTER TABLE consent_events ADD COLUMN entry INTEGER;

        CREATE TABLE audit(
            tenant TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            at INTEGER NOT NULL,
            digest TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, sequence)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is kept'); END;
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is not changed'); END;

        CREATE TABLE history(
            tenant TEXT NOT NULL,
            subject TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            entry BLOB NOT NULL,
            PRIMARY KEY(tenant, subject, sequence)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER history_is_kept BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'the history is kept'); END;
        CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'the history is not changed'); END;

        CREATE TABLE history_states(
            tenant TEXT NOT NULL,
            consent_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            state INTEGER NOT NULL,
            ends_at INTEGER,
            PRIMARY KEY(tenant, consent_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX history_states_by_end ON history_states(ends_at) WHERE ends_at IS NOT NULL;

        CREATE TABLE history_receipts(
            tenant TEXT NOT NULL,
            subject TEXT NOT NULL,
            due INTEGER,
            length INTEGER NOT NULL DEFAULT 0,
            receipt BLOB,
            PRIMARY KEY(tenant, subject)) STRICT, WITHOUT ROWID;
        CREATE INDEX history_receipts_due ON history_receipts(tenant, subject) WHERE due IS NOT NULL;
        """;
}
