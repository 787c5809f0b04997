namespace MedId.Storage.Sqlite;

/// <summary>
/// The first schema. Every key begins with the tenant. Clear columns hold our own opaque ids, digests, states, times (UTC ticks) and client ids; everything else
/// of a record is in <c>body</c>, encrypted. A body is never changed: what changes has its column.
/// </summary>
internal static class SchemaVersion1
{
    public const string Sql = """
        CREATE TABLE schema_compatibility(oldest_reader INTEGER NOT NULL) STRICT;

        CREATE TABLE tenants(
            tenant TEXT NOT NULL PRIMARY KEY,
            key_proof BLOB NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE accounts(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            status INTEGER NOT NULL,
            user_code_digest TEXT,
            wrong_codes INTEGER NOT NULL DEFAULT 0,
            last_wrong_at INTEGER NOT NULL DEFAULT 0,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, id)) STRICT;

        CREATE TABLE account_hints(
            tenant TEXT NOT NULL,
            digest TEXT NOT NULL,
            account_id TEXT NOT NULL,
            PRIMARY KEY(tenant, digest, account_id),
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX account_hints_by_account ON account_hints(tenant, account_id);

        CREATE TABLE tickets(
            tenant TEXT NOT NULL,
            digest TEXT NOT NULL,
            account_id TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            used INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY(tenant, digest)) STRICT, WITHOUT ROWID;
        CREATE INDEX tickets_by_end ON tickets(expires_at);

        CREATE TABLE devices(
            tenant TEXT NOT NULL,
            key_digest TEXT NOT NULL,
            account_id TEXT NOT NULL,
            handle_digest TEXT NOT NULL,
            counter INTEGER NOT NULL,
            enrolled_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, key_digest),
            UNIQUE(tenant, handle_digest),
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id)) STRICT;
        CREATE INDEX devices_by_account ON devices(tenant, account_id, enrolled_at);

        CREATE TABLE ceremonies(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, id)) STRICT;
        CREATE INDEX ceremonies_by_end ON ceremonies(expires_at);

        CREATE TABLE device_tokens(
            tenant TEXT NOT NULL,
            digest TEXT NOT NULL,
            account_id TEXT NOT NULL,
            request_id TEXT,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY(tenant, digest)) STRICT, WITHOUT ROWID;
        CREATE INDEX device_tokens_by_end ON device_tokens(expires_at);

        CREATE TABLE requests(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            auth_req_id_digest TEXT NOT NULL,
            subject TEXT NOT NULL,
            status INTEGER NOT NULL,
            interval INTEGER NOT NULL,
            next_poll_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            consent_id TEXT,
            body BLOB NOT NULL,
            grant_body BLOB,
            PRIMARY KEY(tenant, id),
            UNIQUE(tenant, auth_req_id_digest)) STRICT;
        CREATE INDEX requests_by_subject ON requests(tenant, subject, status);
        CREATE INDEX requests_by_consent ON requests(tenant, consent_id) WHERE consent_id IS NOT NULL;
        CREATE INDEX requests_by_end ON requests(expires_at);

        CREATE TABLE consents(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            subject TEXT NOT NULL,
            status INTEGER NOT NULL,
            given_at INTEGER NOT NULL,
            access_until INTEGER NOT NULL,
            withdrawn_at INTEGER,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, id),
            FOREIGN KEY(tenant, subject) REFERENCES accounts(tenant, id)) STRICT;
        CREATE INDEX consents_by_subject ON consents(tenant, subject, given_at);

        CREATE TABLE consent_events(
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant TEXT NOT NULL,
            consent_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            by_client TEXT,
            FOREIGN KEY(tenant, consent_id) REFERENCES consents(tenant, id)) STRICT;
        CREATE INDEX consent_events_by_consent ON consent_events(tenant, consent_id, seq);

        CREATE TABLE refresh_tokens(
            tenant TEXT NOT NULL,
            digest TEXT NOT NULL,
            family TEXT NOT NULL,
            consent_id TEXT,
            rotated INTEGER NOT NULL DEFAULT 0,
            expires_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, digest)) STRICT;
        CREATE INDEX refresh_tokens_by_family ON refresh_tokens(tenant, family);
        CREATE INDEX refresh_tokens_by_consent ON refresh_tokens(tenant, consent_id) WHERE consent_id IS NOT NULL;
        CREATE INDEX refresh_tokens_by_end ON refresh_tokens(expires_at);

        CREATE TABLE revoked_tokens(
            tenant TEXT NOT NULL,
            token_id TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY(tenant, token_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX revoked_tokens_by_end ON revoked_tokens(expires_at);

        CREATE TABLE replay(
            tenant TEXT NOT NULL,
            digest TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY(tenant, digest)) STRICT, WITHOUT ROWID;
        CREATE INDEX replay_by_end ON replay(expires_at);
        """;
}
