using System.Data;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MedId.Ciba.Server;
using MedId.Provider;
using Npgsql;

namespace MedId.Storage.PostgreSql;

/// <summary>
/// Everything that a patient's OP keeps, in one PostgreSQL database that any number of nodes share. Every verb is one transaction, on disk before it returns; personal fields are
/// encrypted by a key per tenant. What one node decides wakes those who wait for it on the others. Safe for many threads.
/// </summary>
/// <remarks>
/// A verb holds the persons that it touches, so verbs about one person come one after another and verbs about different persons do not wait for each other, except for the tenant's audit
/// trail at their very end. A verb that could not be decided because of another (a deadlock, a key taken at the same moment), or whose connection was lost before it was committed, is
/// run again a few times; then Npgsql's exception passes. Where a connection is lost during a commit, nobody can know whether the verb happened: ask the store.
/// </remarks>
public sealed partial class PostgreSqlProviderStore : SqlProviderStore, IAsyncDisposable, IDisposable
{
    private const int MaxAttempts = 8;

    private readonly PostgreSqlStorageOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly NotifiedSignals _signals;
    private readonly PostgreSqlNode _node;
    private readonly string _schema;
    private string _durability = string.Empty;
    private int _disposed;
    private int _retries;

    private PostgreSqlProviderStore(PostgreSqlStorageOptions options, NpgsqlDataSource source)
        : base(options.Cipher)
    {
        _options = options;
        _source = source;
        _schema = options.SchemaInUse;
        _signals = new(source, _schema);
        _node = new(options.Migrations[^1].Version);
    }

    /// <summary>What PostgreSQL says of its own settings: <c>postgresql 15.13 fsync=on synchronous_commit=on full_page_writes=on</c>.</summary>
    public override string Durability => _durability;

    /// <summary>Wakes on all nodes. While the connection that listens is lost, whoever waits here waits for its own time-out.</summary>
    public override IChangeSignals Signals => _signals;

    /// <summary>The signals with what tests look at.</summary>
    internal NotifiedSignals Notified => _signals;

    /// <summary>How often a verb was run again because of another; tests look at it.</summary>
    internal int Retries => _retries;

    /// <summary>Connects, and brings the schema to this version.</summary>
    /// <param name="options">Database and keys.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The store; dispose it at the end.</returns>
    /// <exception cref="ArgumentException">The connection string or the schema's name is not one, or the timeout is under a second.</exception>
    /// <exception cref="ProviderStorageException">The database is of another version's schema, of another program, of other keys, or may lose what it acknowledged.</exception>
    public static async ValueTask<PostgreSqlProviderStore> OpenAsync(PostgreSqlStorageOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ConnectionString, nameof(options));
        ArgumentNullException.ThrowIfNull(options.Cipher, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Timeout, TimeSpan.FromSeconds(1), nameof(options));
        if (!SchemaName().IsMatch(options.SchemaInUse))
        {
            throw new ArgumentException("The schema's name is small letters, digits and '_', at most 63, and does not begin with a digit.", nameof(options));
        }

        var store = new PostgreSqlProviderStore(options, Connect(options));
        try
        {
            await store.StartAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes the connections without telling the others; they take the node to be gone after an hour. What was acknowledged is on disk already.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _signals.Stop();
            _source.Dispose();
        }
    }

    /// <summary>Tells the others that the node goes, and closes the connections; what was acknowledged is on disk already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _signals.DisposeAsync().ConfigureAwait(false);
        if (_node.IsHere)
        {
            await LeaveAsync().ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private protected override ValueTask<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var end = connection.ConfigureAwait(false);
            return await verb(new PostgreSqlSession(connection, cancellationToken)).ConfigureAwait(false);
        },
        cancellationToken);

    private protected override ValueTask<T> TransactAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken) =>
        AgainAsync(() => OnceAsync(verb, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    private protected override ValueTask SweptAsync(CancellationToken cancellationToken) => AppearAsync(cancellationToken);

    /// <summary>
    /// Whether another verb was the reason, so that it goes now that the other is through, or a connection of before the server's restart. A key that is taken still is the caller's.
    /// </summary>
    private static bool MayTryAgain(Exception cause, int attempt) => cause switch
    {
        SqlStateMovedException => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        NpgsqlException { InnerException: IOException or SocketException } => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        ArgumentException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => attempt == 1,
        _ => false,
    };

    private static NpgsqlDataSource Connect(PostgreSqlStorageOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.SearchPath = options.SchemaInUse;
        settings.CommandTimeout = (int)options.Timeout.TotalSeconds;
        settings.ApplicationName ??= "MedId";
        if (settings.MaxAutoPrepare == 0)
        {
            // Every statement of the verbs, so that each is planned once a connection.
            settings.MaxAutoPrepare = 250;
            settings.AutoPrepareMinUsages = 2;
        }

        if (settings.KeepAlive == 0)
        {
            // A connection that listens only would not notice that the other end is gone.
            settings.KeepAlive = 15;
        }

        // A verb leaves nothing in its session: its locks end with its transaction. Resetting it would be seven statements before each verb, and would undo what an initializer of the host set.
        settings.NoResetOnClose = true;
        options.Configure?.Invoke(builder);
        return builder.Build();
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SchemaName();

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var settings = await ReadAsync(
            static session => session.SingleAsync(
                "SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')",
                static row => (Version: row.GetString(0), Fsync: row.GetString(1), Commit: row.GetString(2), Pages: row.GetString(3))),
            cancellationToken).ConfigureAwait(false);
        _durability = $"postgresql {settings.Version.Split(' ')[0]} fsync={settings.Fsync} synchronous_commit={settings.Commit} full_page_writes={settings.Pages}";
        if (!_options.LosesDataOnPowerCut && (settings.Fsync, settings.Commit, settings.Pages) is ("off", _, _) or (_, "off", _) or (_, _, "off"))
        {
            throw new ProviderStorageException($"The server may lose what it acknowledged when the power fails ({_durability}); set fsync, synchronous_commit and full_page_writes to on.");
        }

        await PostgreSqlSchema.PrepareAsync(_source, _schema, _options.Migrations, cancellationToken).ConfigureAwait(false);
        ProveTenants(await ReadAsync(static session => session.ListAsync(TenantProofs, ProofOf), cancellationToken).ConfigureAwait(false));
        await AppearAsync(cancellationToken).ConfigureAwait(false);
        await _signals.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> AgainAsync<T>(Func<ValueTask<T>> verb, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            try
            {
                return await verb().ConfigureAwait(false);
            }
            catch (Exception cause) when (attempt < MaxAttempts && MayTryAgain(cause, attempt))
            {
                Interlocked.Increment(ref _retries);
                await Task.Delay(RandomNumberGenerator.GetInt32(1, 5 << attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<T> OnceAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var end = connection.ConfigureAwait(false);

        // Every statement sees what was committed before it, so what is read after a lock is what the lock's holder before left.
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var undo = transaction.ConfigureAwait(false);
        var session = new PostgreSqlSession(connection, cancellationToken);
        var result = await verb(session).ConfigureAwait(false);
        await session.NotifyAsync(_schema).ConfigureAwait(false);
        BeforeCommit?.Invoke();

        // From here on the caller hears what happened, whoever does not wait any more; and where that cannot be known it is not tried again.
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException lost) when (lost is not PostgresException)
        {
            throw new NpgsqlException("The connection was lost while a verb was committed: whether it happened has to be asked for.", lost);
        }

        foreach (var topic in session.Topics)
        {
            _signals.Raise(topic);
        }

        return result;
    }

    private async ValueTask AppearAsync(CancellationToken cancellationToken) => await ReadAsync(
        async session =>
        {
            await _node.AppearAsync((PostgreSqlSession)session).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    private async ValueTask LeaveAsync()
    {
        try
        {
            var connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
            await using var end = connection.ConfigureAwait(false);
            await _node.LeaveAsync(new(connection, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            // The database is not there: nobody to tell. The node is taken to be gone after a while.
        }
    }


}
