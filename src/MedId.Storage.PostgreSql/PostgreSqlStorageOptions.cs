using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Npgsql;

namespace MedId.Storage.PostgreSql;

/// <summary>Where a <see cref="PostgreSqlProviderStore"/> keeps its data, and by which keys.</summary>
public sealed record PostgreSqlStorageOptions
{
    /// <summary>
    /// How the database is reached, in Npgsql's words; TLS and the password's source included. A pooler between has to give a connection for a whole session
    /// (notifications and prepared statements live in it).
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The cipher of a tenant's personal fields, asked once per tenant. It has to read everything that was written before: keys that were replaced stay in it as
    /// previous keys until the records are gone.
    /// </summary>
    public required Func<TenantId, FieldCipher> Cipher { get; init; }

    /// <summary>
    /// The schema (namespace) in the database that holds the tables, made when it is not there. Small letters, digits and <c>_</c>. Default: the connection string's
    /// <c>Search Path</c>, or <c>medid</c> when it says none.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>What a connection string cannot say: certificates, a provider of passwords that change, logging. Runs once, before the store connects.</summary>
    public Action<NpgsqlDataSourceBuilder>? Configure { get; init; }

    /// <summary>How long a statement runs, or waits for another node's verb, before it fails with Npgsql's own exception. At least one second. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Opens although the server says that it may lose acknowledged verbs in a power cut (<c>fsync=off</c>, <c>full_page_writes=off</c>, <c>synchronous_commit=off</c>). For tests alone:
    /// an approval or a withdrawal that was answered could be gone. Default false: such a server is refused.
    /// </summary>
    public bool LosesDataOnPowerCut { get; init; }

    /// <summary>The schema's steps; tests put fewer, as the version before has, or those of a later version here.</summary>
    internal IReadOnlyList<SqlMigration> Migrations { get; init; } = PostgreSqlSchema.Migrations;

    /// <summary>The schema that is used.</summary>
    internal string SchemaInUse => Schema ?? (new NpgsqlConnectionStringBuilder(ConnectionString).SearchPath is { Length: > 0 } path ? path : "medid");

    /// <summary>The name alone: a connection string may hold a password.</summary>
    public override string ToString() => nameof(PostgreSqlStorageOptions);
}
