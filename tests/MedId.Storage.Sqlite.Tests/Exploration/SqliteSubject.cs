using System.Text;
using MedId.Core;
using MedId.Provider;
using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>Two nodes on one database file.</summary>
internal sealed class SqliteSubject : SqlSubject
{
    private readonly TemporaryDatabase _database;
    private readonly SqliteProviderStore[] _stores;
    private readonly SqliteSession _session;
    private readonly Dictionary<string, string[]> _columns = [];
    private long _seenVersion = -1;
    private string _seenDump = string.Empty;

    private SqliteSubject(TemporaryDatabase database, SqliteStorageOptions options, SqliteProviderStore[] stores)
        : base(stores, options.Cipher)
    {
        (_database, _stores) = (database, stores);
        _session = new(options, database.Path);
        foreach (var (table, _) in Tables)
        {
            _columns[table] = [.. _session.List($"SELECT name FROM pragma_table_info('{table}')", row => row.GetString(0))];
        }
    }

    public static async Task<SqliteSubject> StartAsync()
    {
        var database = new TemporaryDatabase();
        var options = database.Options with { SyncsToDisk = false };
        var subject = new SqliteSubject(database, options, [SqliteProviderStore.Open(options), SqliteProviderStore.Open(options)]);
        var tables = subject._session.List("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'", row => row.GetString(0));
        Assert.Equal(["schema_compatibility", .. Elsewhere, .. Tables.Select(table => table.Table)], tables.ToHashSet());

        // Histories and the audit trail are appended to and decide nothing here; with them every path would be a state of its own. The explorer judges them by what each step adds.
        subject._session.Script("DROP TRIGGER life_cycle_is_kept; DROP TRIGGER audit_is_kept; DROP TRIGGER history_is_kept;");
        await subject.Nodes[0].PendingAsync();
        return subject;
    }

    public override Task<string> DumpAsync() => Task.FromResult(Dump());

    public override object Save(IReadOnlyList<AccessEvent> path) =>
        Tables.Select(table => _session.List($"SELECT * FROM {table.Table}", row =>
        {
            var values = new object[row.FieldCount];
            row.GetValues(values);
            return values;
        })).ToArray();

    public override Task RestoreAsync(object saved)
    {
        // Short logs make power cuts cheap to copy; what is put back now stands in the log again.
        if (new FileInfo(_database.Path + "-wal").Length > 200_000)
        {
            _session.Script("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var rows = (List<object[]>[])saved;
        _session.Transact(() =>
        {
            _session.Script("DELETE FROM life_cycle; DELETE FROM audit; DELETE FROM history; DELETE FROM history_receipts;");
            for (var i = Tables.Length - 1; i >= 0; i--)
            {
                _session.Execute("DELETE FROM " + Tables[i].Table);
            }

            for (var i = 0; i < Tables.Length; i++)
            {
                var columns = _columns[Tables[i].Table];
                var insert = $"INSERT INTO {Tables[i].Table} VALUES({string.Join(',', columns.Select(column => "$" + column))})";
                foreach (var row in rows[i])
                {
                    _session.Execute(insert, [.. columns.Zip(row, (column, value) => ("$" + column, (object?)value))]);
                }
            }
        });
        _seenDump = Dump(_session);
        return Task.CompletedTask;
    }

    public override async Task<(string Dump, bool? Redeemed)?> CrashAsync(DateTimeOffset at)
    {
        await using var store = SqliteProviderStore.Open(TemporaryDatabase.OptionsOf(_database.CopyAsAfterACrash()) with { SyncsToDisk = false });
        using var session = new SqliteSession(_database.Options with { SyncsToDisk = false }, Path.Combine(Path.GetDirectoryName(_database.Path)!, "crash.db"));
        var dump = Dump(session);
        return (dump, await RedeemAsync(SceneOn(store), at));
    }

    public override void Dispose()
    {
        _session.Dispose();
        foreach (var store in _stores)
        {
            store.Dispose();
        }

        _database.Dispose();
    }

    private string Dump()
    {
        // Other connections' commits move it: where it stands still nothing was written.
        var version = _session.Pragma("data_version");
        if (version != _seenVersion)
        {
            _seenDump = Dump(_session);
            _seenVersion = version;
        }

        return _seenDump;
    }

    private string Dump(SqliteSession session)
    {
        var text = new StringBuilder();
        foreach (var (table, id) in Tables)
        {
            var columns = _columns[table];
            foreach (var line in session.List($"SELECT * FROM {table} ORDER BY {string.Join(',', columns)}", row =>
            {
                var values = new object[row.FieldCount];
                row.GetValues(values);
                return LineOf(table, id, columns, values);
            }))
            {
                text.AppendLine(line);
            }
        }

        return text.ToString();
    }
}
