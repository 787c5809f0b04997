using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// One connection, on which one verb works at a time. Statements name their values <c>$name</c>, in the order in which they first stand in the text;
/// <c>/*for update*/</c> and <c>/*for update skip locked*/</c> ask for the lock of the rows where a database has such locks.
/// </summary>
internal abstract class SqlSession
{
    private readonly List<(TenantId Tenant, AuditLine Line)> _lines = [];
    private readonly List<string> _topics = [];

    /// <summary>Whether a writing transaction has the database for itself, so that nothing that it read can change.</summary>
    public abstract bool WritesAlone { get; }

    /// <summary>What others are told once the verb is committed.</summary>
    public IReadOnlyList<string> Topics => _topics;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows changed.</returns>
    /// <exception cref="ArgumentException">A key is taken, or what the record belongs to is not there.</exception>
    public abstract ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Reads the first row; default without one.</summary>
    public abstract ValueTask<T?> SingleAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Reads all rows.</summary>
    public abstract ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Holds until the end of the transaction what other verbs may hold too.</summary>
    public abstract ValueTask LockAsync(SqlLock kind, IEnumerable<(TenantId Tenant, string Name)> names);

    /// <summary>Holds one.</summary>
    public ValueTask LockAsync(SqlLock kind, TenantId tenant, string name) => WritesAlone ? default : LockAsync(kind, [(tenant, name)]);

    /// <summary>Adds a line to the audit trail: part of the transaction, so that no line stands without its act and no act without its line.</summary>
    public void Audit(TenantId tenant, AuditLine line) => _lines.Add((tenant, line));

    /// <summary>The lines to be written now.</summary>
    public IReadOnlyList<(TenantId Tenant, AuditLine Line)> TakeLines()
    {
        (TenantId, AuditLine)[] lines = [.. _lines];
        _lines.Clear();
        return lines;
    }

    /// <summary>Tells others once the verb is committed, and never when it is not.</summary>
    public void Raise(string topic)
    {
        if (!_topics.Contains(topic, StringComparer.Ordinal))
        {
            _topics.Add(topic);
        }
    }

    /// <summary>Forgets what an attempt before had gathered.</summary>
    protected void Forget()
    {
        _lines.Clear();
        _topics.Clear();
    }
}
