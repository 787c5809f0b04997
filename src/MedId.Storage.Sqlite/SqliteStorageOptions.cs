using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

/// <summary>Where a <see cref="SqliteProviderStore"/> keeps its data, and by which keys.</summary>
public sealed record SqliteStorageOptions
{
    /// <summary>
    /// The database file; made when it is not there, on Unix readable for its owner only. It stands on a local disk: the locks of network file systems cannot
    /// be trusted with WAL. SQLite keeps two more files beside it (<c>-wal</c>, <c>-shm</c>).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// The cipher of a tenant's personal fields, asked once per tenant. It has to read everything that was written before: keys that were replaced stay in it as
    /// previous keys until the records are gone.
    /// </summary>
    public required Func<TenantId, FieldCipher> Cipher { get; init; }

    /// <summary>How long a verb waits for a writer of another process before it fails with the database's own exception. Default 10 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False in tests that explore states and do not test durability.</summary>
    internal bool SyncsToDisk { get; init; } = true;

    /// <summary>The schema's steps; tests put those of a later version here.</summary>
    internal IReadOnlyList<SqlMigration> Migrations { get; init; } = SqliteSchema.Migrations;

    /// <inheritdoc/>
    public override string ToString() => nameof(SqliteStorageOptions);
}
