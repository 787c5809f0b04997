namespace MedId.Storage.Sqlite;

/// <summary>
/// The life cycle of devices and accounts. A database of version 1 is opened and brought here; code of version 1 is refused afterwards, because it would let a revoked device act.
/// </summary>
internal static class SchemaVersion2
{
    public const string Sql = """
        ALTER TABLE devices ADD COLUMN state INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE devices ADD COLUMN expires_at INTEGER;
        ALTER TABLE devices ADD COLUMN backed_up INTEGER;
        ALTER TABLE devices ADD COLUMN name BLOB;
        CREATE INDEX devices_by_end ON devices(expires_at) WHERE expires_at IS NOT NULL;

        ALTER TABLE tickets ADD COLUMN body BLOB;
        ALTER TABLE device_tokens ADD COLUMN device_id TEXT;

        ALTER TABLE consents ADD COLUMN device_id TEXT;
        CREATE INDEX consents_without_device ON consents(tenant, subject) WHERE device_id IS NULL;

        CREATE TABLE life_cycle(
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant TEXT NOT NULL,
            account_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            FOREIGN KEY(tenant, account_id) REFERENCES accounts(tenant, id)) STRICT;
        CREATE INDEX life_cycle_by_account ON life_cycle(tenant, account_id, seq);
        CREATE TRIGGER life_cycle_is_kept BEFORE DELETE ON life_cycle BEGIN SELECT RAISE(ABORT, 'the history is kept'); END;
        CREATE TRIGGER life_cycle_is_not_changed BEFORE UPDATE ON life_cycle BEGIN SELECT RAISE(ABORT, 'the history is not changed'); END;
        """;
}
