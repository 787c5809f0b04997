using System.Globalization;
using MedId.Provider;
using Npgsql;

namespace MedId.Storage.PostgreSql;

/// <summary>
/// Brings a database to the version of this code, or refuses it. A step only adds, so that the version before works on; what nobody of two versions uses any more is taken away by a
/// later one. Code of version N therefore works on schema N and N + 1, and is refused by N + 2.
/// </summary>
internal static class PostgreSqlSchema
{
    /// <summary>From this version on nodes say that they are there.</summary>
    public const int NodesSince = 2;

    public static IReadOnlyList<SqlMigration> Migrations { get; } = [new(1, 1, SchemaVersion1.Sql), new(2, 1, SchemaVersion2.Sql)];

    /// <summary>Applies the steps that are missing, one node at a time.</summary>
    /// <param name="source">Connections whose search path is the schema.</param>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="migrations">The steps that this code knows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask PrepareAsync(NpgsqlDataSource source, string schema, IReadOnlyList<SqlMigration> migrations, CancellationToken cancellationToken)
    {
        var known = migrations[^1].Version;
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var end = connection.ConfigureAwait(false);
        var session = new PostgreSqlSession(connection, cancellationToken);
        var found = await FindAsync(session, schema).ConfigureAwait(false);
        if (found.Version < known)
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var undo = transaction.ConfigureAwait(false);

            // Another node may do the same now: the version counts once this one is alone.
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock($key)", ("$key", AdvisoryLocks.KeyOf("schema\n" + schema))).ConfigureAwait(false);
            found = await FindAsync(session, schema).ConfigureAwait(false);
            if (found.Version == 0)
            {
                await session.ScriptAsync($"CREATE SCHEMA IF NOT EXISTS \"{schema}\"").ConfigureAwait(false);
                await RefuseStrangerAsync(session, schema).ConfigureAwait(false);
                await session.ScriptAsync("CREATE TABLE schema_version(version BIGINT NOT NULL, oldest_reader BIGINT NOT NULL, oldest_writer BIGINT NOT NULL)").ConfigureAwait(false);
            }

            foreach (var step in migrations.Where(step => step.Version > found.Version))
            {
                await RefuseOldNodesAsync(session, found.Version, step.Version).ConfigureAwait(false);
                await session.ScriptAsync(step.Sql).ConfigureAwait(false);
                await session.ScriptAsync("DELETE FROM schema_version").ConfigureAwait(false);
                await session.ExecuteAsync(
                    "INSERT INTO schema_version(version, oldest_reader, oldest_writer) VALUES($version, $oldest, $oldest)",
                    ("$version", step.Version),
                    ("$oldest", step.OldestReader)).ConfigureAwait(false);
            }

            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (found.Version > known + 1 || (found.Version > known && known < found.OldestWriter))
        {
            throw new ProviderStorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database has schema {found.Version} and needs code that knows schema {Math.Max(found.OldestWriter, found.Version - 1)} or later; this code knows {known}. Update this node, or restore the backup made before the update."));
        }
    }

    private static async ValueTask<(int Version, int OldestWriter)> FindAsync(PostgreSqlSession session, string schema)
    {
        var exists = await session.SingleAsync("SELECT 1 FROM pg_tables WHERE schemaname=$schema AND tablename='schema_version'", static _ => true, ("$schema", schema)).ConfigureAwait(false);
        return exists
            ? await session.SingleAsync("SELECT version, oldest_writer FROM schema_version", static row => (row.GetInt32(0), row.GetInt32(1))).ConfigureAwait(false)
            : default;
    }

    private static async ValueTask RefuseStrangerAsync(PostgreSqlSession session, string schema)
    {
        if (await session.SingleAsync("SELECT count(*) FROM pg_tables WHERE schemaname=$schema", static row => row.GetInt64(0), ("$schema", schema)).ConfigureAwait(false) != 0)
        {
            throw new ProviderStorageException($"The schema {schema} holds tables of something else; name another schema or database.");
        }
    }

    /// <summary>A step leaves room for the version before it, so it waits until nobody is older than that.</summary>
    private static async ValueTask RefuseOldNodesAsync(PostgreSqlSession session, int found, int version)
    {
        if (found < NodesSince)
        {
            return;
        }

        var old = await session.SingleAsync(
            "SELECT id, knows FROM nodes WHERE knows<$oldest AND seen_at>clock_timestamp()-make_interval(secs => $alive) ORDER BY seen_at DESC LIMIT 1",
            static row => $"{row.GetString(0)} (schema {row.GetInt64(1).ToString(CultureInfo.InvariantCulture)})",
            ("$oldest", version - 1),
            ("$alive", PostgreSqlNode.Silence.TotalSeconds)).ConfigureAwait(false);
        if (old is not null)
        {
            throw new ProviderStorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"The node {old} works on this database and could not work on schema {version}. Update it to code that knows schema {version - 1} first, or stop it."));
        }
    }
}
