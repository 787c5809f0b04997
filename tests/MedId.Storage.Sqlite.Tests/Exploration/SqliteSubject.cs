using System.Text;
using MedId.Core;
using MedId.Provider;
using MedId.Storage.TestSupport.Exploration;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>Two nodes on one database file. A state is reached again by putting its rows back; its text is all rows of all tables, deciphered.</summary>
internal sealed class SqliteSubject : AccessSubject
{
    private static readonly (string Table, string Id)[] _tables =
    [
        // Parents before children, for the foreign keys.
        ("accounts", "id"), ("account_hints", "digest"), ("tickets", "digest"), ("devices", "key_digest"), ("ceremonies", "id"), ("device_tokens", "digest"),
        ("requests", "id"), ("consents", "id"), ("consent_events", "consent_id"), ("history_states", "consent_id"), ("refresh_tokens", "digest"), ("revoked_tokens", "token_id"), ("replay", "digest"),
    ];

    // Tables that the verbs explored here do not read: each is explored, or written down here.
    private static readonly string[] _elsewhere = ["schema_compatibility", "tenants", "life_cycle", "standing_consents", "code_attempts", "proxy_relations", "audit", "history", "history_receipts", "outbox", "throttle_uses", "settings"];

    private readonly TemporaryDatabase _database = new();
    private readonly SqliteProviderStore[] _stores;
    private readonly SqliteSession _session;
    private readonly FieldVault _vault;
    private readonly Dictionary<string, string[]> _columns = [];
    private long _seenVersion = -1;
    private string _seenDump = string.Empty;

    private SqliteSubject()
    {
        var options = _database.Options with { SyncsToDisk = false };
        _stores = [SqliteProviderStore.Open(options), SqliteProviderStore.Open(options)];
        _session = new(options, _database.Path);
        _vault = new(options.Cipher);
        Nodes = [.. _stores.Select(SceneOn)];
        foreach (var (table, _) in _tables)
        {
            _columns[table] = [.. _session.List($"SELECT name FROM pragma_table_info('{table}')", row => row.GetString(0))];
        }
    }

    public override IReadOnlyList<StoreScene> Nodes { get; }

    public static async Task<SqliteSubject> StartAsync()
    {
        var subject = new SqliteSubject();
        var tables = subject._session.List("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'", row => row.GetString(0));
        Assert.Equal([.. _elsewhere, .. _tables.Select(table => table.Table)], tables.ToHashSet());

        // Histories and the audit trail are appended to and decide nothing here; with them every path would be a state of its own. The explorer judges them by what each step adds.
        subject._session.Script("DROP TRIGGER life_cycle_is_kept; DROP TRIGGER audit_is_kept; DROP TRIGGER history_is_kept;");
        await subject.Nodes[0].PendingAsync();
        return subject;
    }

    public override Task<string> DumpAsync() => Task.FromResult(Dump());

    public override object Save(IReadOnlyList<AccessEvent> path) =>
        _tables.Select(table => _session.List($"SELECT * FROM {table.Table}", row =>
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
            for (var i = _tables.Length - 1; i >= 0; i--)
            {
                _session.Execute("DELETE FROM " + _tables[i].Table);
            }

            for (var i = 0; i < _tables.Length; i++)
            {
                var columns = _columns[_tables[i].Table];
                var insert = $"INSERT INTO {_tables[i].Table} VALUES({string.Join(',', columns.Select(column => "$" + column))})";
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

    public override async Task<bool?> DieInsideAsync(AccessEvent what, DateTimeOffset at)
    {
        var before = Dump();
        var trail = await Trail();
        foreach (var store in _stores)
        {
            store.BeforeCommit = () => throw new TimeoutException();
        }

        try
        {
            await RunAsync(Nodes[0], what, at);
            return null;
        }
        catch (TimeoutException)
        {
            return Dump() != before || await Trail() != trail;
        }
        finally
        {
            foreach (var store in _stores)
            {
                store.BeforeCommit = null;
            }
        }
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

    private async Task<string> Trail() => $"{await Nodes[0].Store.FindAuditHeadAsync(Nodes[0].Tenant)} {await Nodes[0].Store.FindHistoryHeadAsync(Nodes[0].Tenant, Nodes[0].AccountId)}";

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
        foreach (var (table, id) in _tables)
        {
            var columns = _columns[table];
            foreach (var line in session.List($"SELECT * FROM {table} ORDER BY {string.Join(',', columns)}", row =>
            {
                var line = new StringBuilder(table);
                var tenant = new TenantId(row.GetString(row.GetOrdinal("tenant")));
                for (var i = 0; i < columns.Length; i++)
                {
                    // The number of a history line depends on what was rolled back and restored; its order is kept by ORDER BY.
                    if (columns[i] is not ("seq" or "entry"))
                    {
                        line.Append('|').Append(row.GetValue(i) is byte[] sealedBody
                            ? Encoding.UTF8.GetString(_vault.Open(tenant, $"{table}.{columns[i]}", row.GetString(row.GetOrdinal(id)), sealedBody))
                            : row.GetValue(i));
                    }
                }

                return line.ToString();
            }))
            {
                text.AppendLine(line);
            }
        }

        return text.ToString();
    }
}
