using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.Sqlite;

/// <summary>
/// Everything that a patient's OP keeps, in one SQLite file. Every verb is one transaction, on disk before it returns (WAL, <c>synchronous=FULL</c>); personal
/// fields are encrypted by a key per tenant. Several processes on one machine may use one file. Safe for many threads: writers of one process queue, readers do not wait.
/// </summary>
/// <remarks>A verb works on the caller's thread while it touches the disk, as SQLite does. Failures of the disk or the keys pass as exceptions.</remarks>
public sealed class SqliteProviderStore : SqlProviderStore, IAsyncDisposable, IDisposable
{
    private readonly SqliteStorageOptions _options;
    private readonly string _path;
    private readonly SqliteSession _writer;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "A verb that waits while the store closes has to hear so; a disposed semaphore would leave it waiting.")]
    private readonly SemaphoreSlim _writing = new(1, 1);

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly InProcessSignals _signals = new();
    private volatile bool _disposed;

    private SqliteProviderStore(SqliteStorageOptions options)
        : base(options.Cipher)
    {
        _options = options;
        _path = Path.GetFullPath(options.Path);
        CreatePrivately(_path);
        _writer = new(options, _path);
        try
        {
            Durability = ReadDurability();
            SqliteSchema.Prepare(_writer, options.Migrations);
            ProveTenants(_writer.List(TenantProofs, ProofOf));
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    /// <summary>What SQLite says of its own settings, read back after they were set: <c>sqlite 3.50.4 journal_mode=wal synchronous=FULL secure_delete=ON</c>.</summary>
    public override string Durability { get; }

    /// <summary>Wakes within this process; another process on the same file finds changes when it looks.</summary>
    public override IChangeSignals Signals => _signals;

    /// <summary>Opens or makes the database and brings its schema to this version.</summary>
    /// <param name="options">Path and keys.</param>
    /// <returns>The store; dispose it at the end.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the timeout is not positive.</exception>
    /// <exception cref="ProviderStorageException">The database is of a newer schema, of another program, of other keys, or cannot be durable.</exception>
    public static SqliteProviderStore Open(SqliteStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Cipher, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.BusyTimeout, TimeSpan.Zero, nameof(options));
        return new(options);
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
            throw new ProviderStorageException($"SQLite does not give a durable journal here (journal_mode={journal}, synchronous={synchronous}); put the file on a local disk.");
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

    private protected override async ValueTask<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken)
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
            var result = await verb(session).ConfigureAwait(false);
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

    private protected override async ValueTask<T> TransactAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var result = await _writer.TransactAsync(() => verb(_writer), BeforeCommit).ConfigureAwait(false);
            foreach (var topic in _writer.Topics)
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
