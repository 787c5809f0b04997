using System.Data.Common;
using MedId.Core;
using MedId.Provider;
using Npgsql;

namespace MedId.Storage.PostgreSql;

/// <summary>One connection while one verb works on it.</summary>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, CancellationToken cancellationToken) : SqlSession
{
    private readonly HashSet<long> _held = [];
    private SqlLock _last;

    /// <inheritdoc/>
    public override bool WritesAlone => false;

    /// <inheritdoc/>
    public override async ValueTask LockAsync(SqlLock kind, IEnumerable<(TenantId Tenant, string Name)> names)
    {
        long[] keys = [.. names.Select(name => AdvisoryLocks.KeyOf(kind, name.Tenant, name.Name)).Distinct().Where(key => !_held.Contains(key)).Order()];
        if (keys.Length == 0)
        {
            return;
        }

        if (_held.Count > 0 && kind <= _last)
        {
            throw new InvalidOperationException($"A verb that holds {_last} asked for {kind} as well: two such verbs could wait for each other.");
        }

        await ExecuteAsync("SELECT pg_advisory_xact_lock(held) FROM unnest($keys) AS held", ("$keys", keys)).ConfigureAwait(false);
        _held.UnionWith(keys);
        _last = kind;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => ExecuteAsync(Command(sql, values));

    /// <inheritdoc/>
    public override ValueTask<T?> SingleAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
        where T : default => SingleAsync(Command(sql, values), read);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) =>
        ListAsync(Command(sql, values), read);

    /// <summary>Tells the other nodes, when the transaction is committed and not before.</summary>
    public async ValueTask NotifyAsync(string channel)
    {
        if (Topics.Count > 0)
        {
            await ExecuteAsync("SELECT pg_notify($channel, topic) FROM unnest($topics) AS topic", ("$channel", channel), ("$topics", Topics.ToArray())).ConfigureAwait(false);
        }
    }

    /// <summary>Runs statements without values.</summary>
    public async ValueTask ScriptAsync(string sql)
    {
        var command = connection.CreateCommand();
        await using var once = command.ConfigureAwait(false);
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = StatementText.Of(sql, values);
        foreach (var (_, value) in values)
        {
            command.Parameters.Add(new() { Value = SqlValue.Of(value) });
        }

        return command;
    }

    private async ValueTask<int> ExecuteAsync(NpgsqlCommand command)
    {
        await using var once = command.ConfigureAwait(false);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new ArgumentException("A record with this key is stored already, or what it belongs to is not there.", nameof(command), refused);
        }
    }

    private async ValueTask<T?> SingleAsync<T>(NpgsqlCommand command, Func<DbDataReader, T> read)
    {
        await using var once = command.ConfigureAwait(false);
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var end = rows.ConfigureAwait(false);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(rows) : default;
    }

    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(NpgsqlCommand command, Func<DbDataReader, T> read)
    {
        await using var once = command.ConfigureAwait(false);
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var end = rows.ConfigureAwait(false);
        List<T> list = [];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(rows));
        }

        return list;
    }
}
