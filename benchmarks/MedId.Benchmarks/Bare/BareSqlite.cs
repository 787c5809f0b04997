using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MedId.Benchmarks;

/// <summary>What SQLite alone needs for one small durable change with the store's settings: a row of the store's size found by its digest, two numbers written, on disk.</summary>
internal sealed class BareSqlite : IDisposable
{
    private readonly Rotation _turn = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _commit;
    private long _time;

    public BareSqlite(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using (var script = _connection.CreateCommand())
        {
            script.CommandText = """
                PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;
                CREATE TABLE requests(digest TEXT PRIMARY KEY, interval INTEGER NOT NULL, next_poll_at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
                WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $inputs)
                INSERT INTO requests SELECT 'digest-' || n, 0, 0, randomblob(1000) FROM numbers;
                """;
            script.Parameters.AddWithValue("$inputs", Rotation.Inputs);
            script.ExecuteNonQuery();
        }

        _begin = Prepared("BEGIN IMMEDIATE");
        _update = Prepared("UPDATE requests SET interval=$interval, next_poll_at=$next WHERE digest=$digest", "$interval", "$next", "$digest");
        _commit = Prepared("COMMIT");
        _update.Parameters[0].Value = 5L;
    }

    /// <summary>Changes the next row.</summary>
    public int Update()
    {
        _begin.ExecuteNonQuery();
        _update.Parameters[1].Value = ++_time;
        _update.Parameters[2].Value = Digests[_turn.Next()];
        var changed = _update.ExecuteNonQuery();
        _commit.ExecuteNonQuery();
        return changed == 1 ? changed : throw new InvalidOperationException("The row is not there.");
    }

    public void Dispose()
    {
        _begin.Dispose();
        _update.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private static string[] Digests { get; } = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => string.Create(CultureInfo.InvariantCulture, $"digest-{index}"))];

    private SqliteCommand Prepared(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
