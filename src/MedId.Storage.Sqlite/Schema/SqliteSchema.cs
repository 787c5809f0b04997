using System.Globalization;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

/// <summary>Brings a database to the version of this code, or refuses it.</summary>
internal static class SqliteSchema
{
    // "MEDI" in ASCII: what PRAGMA application_id says of our files.
    private const long ApplicationId = 0x4D454449;

    public static IReadOnlyList<SqlMigration> Migrations { get; } = [new(1, 1, SchemaVersion1.Sql), new(2, 2, SchemaVersion2.Sql), new(3, 3, SchemaVersion3.Sql), new(4, 4, SchemaVersion4.Sql)];

    public static void Prepare(SqliteSession session, IReadOnlyList<SqlMigration> migrations)
    {
        var known = migrations[^1].Version;
        var found = session.Pragma("user_version");
        if (found < known)
        {
            // Another node may do the same now: the version counts inside the transaction.
            session.Transact(() =>
            {
                found = session.Pragma("user_version");
                RefuseStranger(session, found);
                foreach (var step in migrations.Where(step => step.Version > found))
                {
                    Apply(session, step);
                }
            });
            return;
        }

        RefuseStranger(session, found);
        if (found > known)
        {
            var oldest = session.Single("SELECT oldest_reader FROM schema_compatibility", static row => row.GetInt64(0));
            if (known < oldest)
            {
                throw new ProviderStorageException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The database has schema {found} and needs code that knows schema {oldest} or later; this code knows {known}. Update this node, or restore the backup made before the update."));
            }
        }
    }

    private static void RefuseStranger(SqliteSession session, long version)
    {
        var stranger = version == 0
            ? session.Single("SELECT count(*) FROM sqlite_schema", static row => row.GetInt64(0)) != 0
            : session.Pragma("application_id") != ApplicationId;
        if (stranger)
        {
            throw new ProviderStorageException("The file is a database of something else; name another path.");
        }
    }

    private static void Apply(SqliteSession session, SqlMigration step)
    {
        session.Script(step.Sql);
        session.Script("DELETE FROM schema_compatibility");
        session.Execute("INSERT INTO schema_compatibility(oldest_reader) VALUES($oldest)", ("$oldest", step.OldestReader));
        session.Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={step.Version}; PRAGMA application_id={ApplicationId};"));
    }
}
