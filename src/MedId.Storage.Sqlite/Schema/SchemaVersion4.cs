namespace MedId.Storage.Sqlite;

/// <summary>Outbox, uses in windows, settings. Code of version 3 is refused afterwards, because it would not heed a switch that an operator set.</summary>
internal static class SchemaVersion4
{
    public const string Sql = """
        CREATE TABLE outbox(
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            lease TEXT,
            body BLOB,
            PRIMARY KEY(tenant, id)) STRICT;
        CREATE INDEX outbox_by_due ON outbox(tenant, kind, due_at);
        CREATE INDEX outbox_by_end ON outbox(expires_at);

        CREATE TABLE throttle_uses(
            tenant TEXT NOT NULL,
            bucket TEXT NOT NULL,
            at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL) STRICT;
        CREATE INDEX throttle_uses_by_bucket ON throttle_uses(tenant, bucket, at);
        CREATE INDEX throttle_uses_by_end ON throttle_uses(expires_at);

        CREATE TABLE settings(
            tenant TEXT NOT NULL,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY(tenant, kind, id)) STRICT;
        """;
}
