using System.Collections.Concurrent;

namespace MedId.Provider;

/// <summary>
/// Leaves a client alone that cannot be reached or takes its time: its messages wait untried, so that they neither keep those of other clients waiting nor storm at it when it is back. One for a process; each node
/// finds out by itself.
/// </summary>
internal sealed class ClientPauses(TimeProvider time)
{
    private const int FreeStrikes = 3;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (int Strikes, DateTimeOffset Until)> _clients = new(StringComparer.Ordinal);

    /// <summary>Until when a client is left alone; null when it is not.</summary>
    public DateTimeOffset? Until(string clientId) => _clients.TryGetValue(clientId, out var pause) && time.GetUtcNow() < pause.Until ? pause.Until : null;

    /// <summary>Something was sent.</summary>
    /// <param name="clientId">To whom.</param>
    /// <param name="taken">How long the client took.</param>
    /// <param name="isAway">Whether it could not be reached, or said not now.</param>
    /// <param name="retryAfter">For how long it asked to be left alone.</param>
    public void Sent(string clientId, TimeSpan taken, bool isAway, TimeSpan? retryAfter)
    {
        if (!isAway && taken < Slow)
        {
            _clients.TryRemove(clientId, out _);
            return;
        }

        if (_clients.Count >= MostRemembered)
        {
            _clients.Clear();
        }

        var now = time.GetUtcNow();
        _clients.AddOrUpdate(
            clientId,
            static (_, one) => (1, one.Now + Pause(1, one.RetryAfter)),
            static (_, known, one) => (known.Strikes + 1, one.Now + Pause(known.Strikes + 1, one.RetryAfter)),
            (Now: now, RetryAfter: retryAfter));
    }

    /// <summary>Nothing for the first three in a row; then 1, 2, 4 … 60 seconds. What the client asked for when that is longer, up to as much.</summary>
    private static TimeSpan Pause(int strikes, TimeSpan? retryAfter)
    {
        var own = strikes <= FreeStrikes ? TimeSpan.Zero : TimeSpan.FromSeconds(1L << Math.Min(strikes - FreeStrikes - 1, 6));
        var longer = retryAfter > own ? retryAfter.Value : own;
        return longer < Longest ? longer : Longest;
    }
}
