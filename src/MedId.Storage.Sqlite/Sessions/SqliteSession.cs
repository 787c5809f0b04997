using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MedId.Core;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

/// <summary>One connection with its prepared commands. Not for two threads at once.</summary>
internal sealed class SqliteSession : SqlSession, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteSession(SqliteStorageOptions options, string path)
    {
        _connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            _connection.Open();
            var busy = (long)options.BusyTimeout.TotalMilliseconds;
            Script(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={busy}; PRAGMA journal_mode=WAL;"));
            // fullfsync: where fsync alone does not reach the disk (macOS). trusted_schema: nothing in the file may call functions.
            Script($"PRAGMA synchronous={(options.SyncsToDisk ? "FULL" : "OFF")}; PRAGMA fullfsync=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The version of SQLite.</summary>
    public string ServerVersion => _connection.ServerVersion;

    /// <summary>Reads a pragma that is a number.</summary>
    public long Pragma(string name) => Single("PRAGMA " + name, static row => row.GetInt64(0));

    /// <summary>Runs statements without parameters that are not kept prepared.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows changed.</returns>
    /// <exception cref="ArgumentException">A key is taken, or what the record belongs to is not there.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            return Command(sql, values).ExecuteNonQuery();
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new ArgumentException("A record with this key is stored already, or what it belongs to is not there.", nameof(values), refused);
        }
    }

    /// <summary>Reads the first row; default without one.</summary>
    public T? Single<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var rows = Command(sql, values).ExecuteReader();
        return rows.Read() ? read(rows) : default;
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var rows = Command(sql, values).ExecuteReader();
        List<T> list = [];
        while (rows.Read())
        {
            list.Add(read(rows));
        }

        return list;
    }

    /// <inheritdoc/>
    public override bool WritesAlone => true;

    /// <inheritdoc/>
    public override ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => new(Execute(sql, values));

    /// <inheritdoc/>
    public override ValueTask<T?> SingleAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
        where T : default => new(Single(sql, read, values));

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) =>
        new(List(sql, read, values));

    /// <inheritdoc/>
    public override ValueTask LockAsync(SqlLock kind, IEnumerable<(TenantId Tenant, string Name)> names) => default;

    /// <summary>Runs work in one transaction that is a writer from its beginning; an exception rolls back.</summary>
    public void Transact(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Runs a verb in one transaction that is a writer from its beginning; an exception rolls back.</summary>
    [SuppressMessage("Performance", "CA1849:Call async methods when in an async method", Justification = "SQLite works on the caller's thread: its asynchronous form is the same call.")]
    public async ValueTask<T> TransactAsync<T>(Func<ValueTask<T>> verb, Action? beforeCommit)
    {
        Forget();
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = await verb().ConfigureAwait(false);
            beforeCommit?.Invoke();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>SQLite itself rolls back after some failures (disk full, I/O); then there is nothing left to roll back.</summary>
    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = SqlValue.Of(values[i].Value);
        }

        return command;
    }
}
