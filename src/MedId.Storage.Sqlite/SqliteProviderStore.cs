using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

/// <summary>
/// Everything that a patient's OP keeps, in one SQLite file. Every verb is one transaction, on disk before it returns (WAL, <c>synchronous=FULL</c>); personal
/// fields are encrypted by a key per tenant. Several processes on one machine may use one file. Safe for many threads: writers of one process queue, readers do not wait.
/// </summary>
/// <remarks>A verb works on the caller's thread while it touches the disk, as SQLite does. Failures of the disk or the keys pass as exceptions.</remarks>
public sealed partial class SqliteProviderStore : IProviderStore, IAsyncDisposable, IDisposable
{
    private const int SweepBatch = 256;

    private readonly SqliteStorageOptions _options;
    private readonly string _path;
    private readonly FieldVault _vault;
    private readonly SqliteSession _writer;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "A verb that waits while the store closes has to hear so; a disposed semaphore would leave it waiting.")]
    private readonly SemaphoreSlim _writing = new(1, 1);

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly ConcurrentDictionary<TenantId, bool> _provenTenants = new();
    private volatile bool _disposed;

    private SqliteProviderStore(SqliteStorageOptions options)
    {
        _options = options;
        _path = Path.GetFullPath(options.Path);
        _vault = new(options.Cipher);
        CreatePrivately(_path);
        _writer = new(options, _path);
        try
        {
            Durability = ReadDurability();
            SqliteSchema.Prepare(_writer, options.Migrations);
            foreach (var (tenant, proof) in _writer.List("SELECT tenant, key_proof FROM tenants", static row => (new TenantId(row.GetString(0)), row.Blob(1))))
            {
                _vault.CheckProof(tenant, proof);
                _provenTenants.TryAdd(tenant, true);
            }
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    /// <summary>What SQLite says of its own settings, read back after they were set: <c>sqlite 3.50.4 journal_mode=wal synchronous=FULL secure_delete=ON</c>.</summary>
    public string Durability { get; }

    /// <summary>Called inside every writing transaction when its work is done and not committed; tests let the process "die" here.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>Opens or makes the database and brings its schema to this version.</summary>
    /// <param name="options">Path and keys.</param>
    /// <returns>The store; dispose it at the end.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the timeout is not positive.</exception>
    /// <exception cref="SqliteStorageException">The database is of a newer schema, of another program, of other keys, or cannot be durable.</exception>
    public static SqliteProviderStore Open(SqliteStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Cipher, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.BusyTimeout, TimeSpan.Zero, nameof(options));
        return new(options);
    }

    /// <inheritdoc/>
    public async ValueTask<int> SweepAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var swept = 0;
        foreach (var (sql, end) in new (string Sql, DateTimeOffset End)[]
        {
            (SweepSql.Requests, at - Ciba.Server.CibaRequest.Retention),
            (SweepSql.Tickets, at - StoreRules.TicketRetention),
            (SweepSql.Ceremonies, at),
            (SweepSql.DeviceTokens, at),
            (SweepSql.RefreshTokens, at),
            // A verifier may still accept at the very end, so what guards against a second use outlives that instant.
            (SweepSql.RevokedTokens, at.AddTicks(-1)),
            (SweepSql.Replay, at.AddTicks(-1)),
            (SweepSql.Outbox, at),
        })
        {
            int batch;
            do
            {
                // Between batches other writers come in.
                batch = await WriteAsync(session => session.Execute(sql, ("$at", end), ("$batch", SweepBatch)), cancellationToken).ConfigureAwait(false);
                swept += batch;
            }
            while (batch == SweepBatch);
        }

        // No record goes with a code, so it is not counted.
        while (await WriteAsync(session => session.Execute(SweepSql.Codes, ("$at", at), ("$batch", SweepBatch)), cancellationToken).ConfigureAwait(false) == SweepBatch)
        {
            // The next batch.
        }

        while (await WriteAsync(session => session.Execute(SweepSql.Uses, ("$at", at), ("$batch", SweepBatch)), cancellationToken).ConfigureAwait(false) == SweepBatch)
        {
            // The next batch.
        }

        while (await WriteAsync(session => ExpireDevices(session, at), cancellationToken).ConfigureAwait(false) == SweepBatch)
        {
            // The next batch.
        }

        while (await WriteAsync(session => EndRelationsInTime(session, at), cancellationToken).ConfigureAwait(false) == SweepBatch)
        {
            // The next batch.
        }

        while (await WriteAsync(session => ExpireHistory(session, at), cancellationToken).ConfigureAwait(false) == SweepBatch)
        {
            // The next batch.
        }

        return swept;
    }

    /// <summary>Closes the connections; what was acknowledged is on disk already.</summary>
    public void Dispose()
    {
        _writing.Wait();
        Close();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        Close();
    }

    private static void CreatePrivately(string path)
    {
        // Only when it is not there: closing a second handle to an open database would drop the locks of this process (POSIX).
        if (File.Exists(path))
        {
            return;
        }

        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var file = new FileStream(path, creation);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node made it meanwhile.
        }
    }

    private string ReadDurability()
    {
        var journal = _writer.Single("PRAGMA journal_mode", static row => row.GetString(0));
        var synchronous = _writer.Pragma("synchronous");
        if (journal != "wal" || (_options.SyncsToDisk && synchronous < 2))
        {
            throw new SqliteStorageException($"SQLite does not give a durable journal here (journal_mode={journal}, synchronous={synchronous}); put the file on a local disk.");
        }

        string[] levels = ["OFF", "NORMAL", "FULL", "EXTRA"];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"sqlite {_writer.ServerVersion} journal_mode={journal} synchronous={levels[synchronous]} secure_delete={(_writer.Pragma("secure_delete") == 1 ? "ON" : "OFF")}");
    }

    private void Close()
    {
        if (!_disposed)
        {
            _disposed = true;
            CloseReaders();
            _writer.Dispose();
        }

        _writing.Release();
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T Read<T>(Func<SqliteSession, T> verb, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_readers.TryTake(out var session))
        {
            session = new(_options, _path);
        }

        var whole = false;
        try
        {
            var result = verb(session);
            whole = true;
            return result;
        }
        finally
        {
            // A session whose statement failed is not used again, whatever state it is in.
            if (whole)
            {
                _readers.Add(session);
            }
            else
            {
                session.Dispose();
            }

            if (_disposed)
            {
                CloseReaders();
            }
        }
    }

    private ValueTask<T> WriteAsync<T>(TenantId tenant, Func<SqliteSession, T> verb, CancellationToken cancellationToken) =>
        _provenTenants.ContainsKey(tenant)
            ? WriteAsync(verb, cancellationToken)
            : ProveThenWriteAsync(tenant, verb, cancellationToken);

    private async ValueTask<T> ProveThenWriteAsync<T>(TenantId tenant, Func<SqliteSession, T> verb, CancellationToken cancellationToken)
    {
        var proof = await WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO tenants(tenant, key_proof) VALUES($tenant, $proof) ON CONFLICT DO NOTHING", ("$tenant", tenant), ("$proof", _vault.Proof(tenant)));
                return session.Single("SELECT key_proof FROM tenants WHERE tenant=$tenant", static row => row.Blob(0), ("$tenant", tenant));
            },
            cancellationToken).ConfigureAwait(false);
        _vault.CheckProof(tenant, proof!);
        _provenTenants.TryAdd(tenant, true);
        return await WriteAsync(verb, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> verb, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            T result = default!;
            _raised.Clear();
            _writer.Transact(() => result = verb(_writer), BeforeCommit);
            foreach (var topic in _raised)
            {
                _signals.Raise(topic);
            }

            return result;
        }
        finally
        {
            _writing.Release();
        }
    }
}
