using System.Data;
using System.Diagnostics.CodeAnalysis;
using MedId.Ciba.Server;
using Npgsql;

namespace MedId.Storage.PostgreSql;

/// <summary>
/// Signals of all nodes: one connection listens, and is made again when it is lost. While it is lost nobody is woken by another node, so everybody is when it is back.
/// </summary>
internal sealed class NotifiedSignals(NpgsqlDataSource source, string channel) : IChangeSignals, IAsyncDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly InProcessSignals _here = new();
    private readonly CancellationTokenSource _ended = new();
    private Task _listening = Task.CompletedTask;
    private int _disposed;

    /// <summary>How often the connection was made; tests wait for it.</summary>
    public int Connections { get; private set; }

    /// <summary>The process that serves the listening connection, for tests that end it.</summary>
    public int BackendProcess { get; private set; }

    /// <inheritdoc/>
    public IChangeSubscription Subscribe(string topic) => _here.Subscribe(topic);

    /// <summary>Wakes this node at once, whatever the connection does.</summary>
    public void Raise(string topic) => _here.Raise(topic);

    /// <summary>Listens from here on.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var connection = await ListenAsync(cancellationToken).ConfigureAwait(false);
        _listening = ForwardAsync(connection);
    }

    /// <summary>Ends without waiting for it.</summary>
    public void Stop()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            _ended.Cancel();
        }
    }

    /// <summary>Ends listening. A container that was given the signals ends them too, so a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _ended.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async ValueTask<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.Notification += (_, told) => _here.Raise(told.Payload);
            var command = connection.CreateCommand();
            await using var once = command.ConfigureAwait(false);
            command.CommandText = $"LISTEN \"{channel}\"";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            BackendProcess = connection.ProcessID;
            Connections++;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A password that changes, a certificate that ended, a name that does not resolve: each has an exception of its own, and each may be repaired while this runs.")]
    private async Task ForwardAsync(NpgsqlConnection? connection)
    {
        var pause = _firstPause;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                if (connection is null)
                {
                    await Task.Delay(pause, _ended.Token).ConfigureAwait(false);
                    connection = await ListenAsync(_ended.Token).ConfigureAwait(false);
                    _here.WakeAll();
                }

                pause = _firstPause;
                while (true)
                {
                    await connection.WaitAsync(_ended.Token).ConfigureAwait(false);
                }
            }
            catch (Exception) when (!_ended.IsCancellationRequested)
            {
                // Whatever it was: who stopped listening for good would hear of no stop for ever. The connection is made again until the store closes.
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
            catch (Exception over) when (over is OperationCanceledException or NpgsqlException or IOException or InvalidOperationException)
            {
                // The store closes.
            }

            if (connection is not null)
            {
                if (connection.State == ConnectionState.Open && !_ended.IsCancellationRequested)
                {
                    // Sessions are not reset when they go back: one that still listens must not be lent to a verb.
                    source.Clear();
                }

                await connection.DisposeAsync().ConfigureAwait(false);
                connection = null;
            }
        }
    }
}
