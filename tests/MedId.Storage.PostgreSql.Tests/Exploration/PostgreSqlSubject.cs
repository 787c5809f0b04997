using System.Globalization;
using System.Text;
using MedId.Storage.TestSupport.Exploration;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests.Exploration;

/// <summary>Two nodes on one database, the first of the version before.</summary>
internal sealed class PostgreSqlSubject : SqlSubject
{
    private readonly PostgreSqlProviderStore[] _stores;
    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<string, string[]> _columns = [];

    private PostgreSqlSubject(PostgreSqlStorageOptions options, PostgreSqlProviderStore[] stores, NpgsqlConnection connection)
        : base(stores, options.Cipher) => (_stores, _connection) = (stores, connection);

    public static async Task<PostgreSqlSubject> StartAsync(PostgreSqlServer server)
    {
        // States are explored here; what survives a kill is tested elsewhere, on a server that syncs.
        var options = server.NewStore() with { ConnectionString = server.ConnectionString(options: "-c synchronous_commit=off"), LosesDataOnPowerCut = true };
        var before = options with { Migrations = [.. options.Migrations.SkipLast(1)] };
        PostgreSqlProviderStore[] stores = [await PostgreSqlProviderStore.OpenAsync(before), await PostgreSqlProviderStore.OpenAsync(options)];

        // A replica's session heeds neither triggers nor foreign keys: rows can be put back in any order, also those that are kept.
        var connection = new NpgsqlConnection(server.ConnectionString(options: $"-c session_replication_role=replica -c synchronous_commit=off -c search_path={options.Schema}"));
        await connection.OpenAsync();
        var subject = new PostgreSqlSubject(options, stores, connection);
        var tables = subject.List($"SELECT tablename FROM pg_tables WHERE schemaname='{options.Schema}'").Select(row => (string)row[0]);
        Assert.Equal(["schema_version", "nodes", .. Elsewhere, .. Tables.Select(table => table.Table)], tables.ToHashSet());
        foreach (var (table, _) in Tables)
        {
            subject._columns[table] =
                [.. subject.List($"SELECT column_name::text FROM information_schema.columns WHERE table_schema='{options.Schema}' AND table_name='{table}' ORDER BY ordinal_position").Select(row => (string)row[0])];
        }

        await subject.Nodes[0].PendingAsync();
        return subject;
    }

    public override Task<string> DumpAsync()
    {
        var text = new StringBuilder();
        foreach (var (table, id) in Tables)
        {
            foreach (var row in List($"SELECT * FROM {table} ORDER BY {string.Join(',', _columns[table])}"))
            {
                text.AppendLine(LineOf(table, id, _columns[table], row));
            }
        }

        return Task.FromResult(text.ToString());
    }

    public override object Save(IReadOnlyList<AccessEvent> path) => Tables.Select(table => List($"SELECT * FROM {table.Table}")).ToArray();

    public override async Task RestoreAsync(object saved)
    {
        // Histories and the audit trail are appended to and decide nothing here; with them every path would be a state of its own. The explorer judges them by what each step adds.
        var script = new StringBuilder("DELETE FROM life_cycle; DELETE FROM audit; DELETE FROM history; DELETE FROM history_receipts; DELETE FROM outbox; ");
        await using var command = _connection.CreateCommand();
        foreach (var ((table, _), rows) in Tables.Zip((List<object[]>[])saved))
        {
            script.Append(CultureInfo.InvariantCulture, $"DELETE FROM {table}; ");
            foreach (var row in rows)
            {
                script.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} OVERRIDING SYSTEM VALUE VALUES({string.Join(',', row.Select((_, i) => $"@p{command.Parameters.Count + i}"))}); ");
                foreach (var value in row)
                {
                    command.Parameters.AddWithValue($"p{command.Parameters.Count}", value);
                }
            }
        }

        command.CommandText = script.ToString();
        await using var transaction = await _connection.BeginTransactionAsync();
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public override void Dispose()
    {
        _connection.Dispose();
        foreach (var store in _stores)
        {
            store.Dispose();
        }
    }

    private List<object[]> List(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        using var rows = command.ExecuteReader();
        List<object[]> list = [];
        while (rows.Read())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            list.Add(values);
        }

        return list;
    }
}
