using System.Security.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>When something is due.</content>
public sealed partial class CibaScheduler
{
    private DateTimeOffset FirstDue(PendingEntry entry) => entry.Lane.Client.DeliveryMode switch
    {
        TokenDeliveryMode.Push => entry.Authentication.ExpiresAt,
        TokenDeliveryMode.Ping => At(entry, entry.Authentication.SentAt + (entry.Authentication.Interval > _options.PingFallback ? entry.Authentication.Interval : _options.PingFallback)),
        _ => At(entry, entry.Authentication.SentAt + entry.Authentication.Interval),
    };

    /// <summary>A due time with its jitter; none when it would lead beyond the end.</summary>
    private DateTimeOffset At(PendingEntry entry, DateTimeOffset at)
    {
        var later = at + Jitter(entry);
        return at >= entry.Authentication.ExpiresAt ? entry.Authentication.ExpiresAt : later < entry.Authentication.ExpiresAt ? later : at;
    }

    private TimeSpan Jitter(PendingEntry entry)
    {
        // Whole milliseconds, as timers have them.
        var most = (int)Math.Min(entry.Pace.Interval.TotalMilliseconds * _options.Jitter, int.MaxValue - 1);
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most + 1));
    }

    private void Enqueue(PendingEntry entry, DateTimeOffset at)
    {
        (entry.DueAt, entry.Ticket) = (at, entry.Ticket + 1);
        _due.Enqueue((entry, entry.Ticket), Earlier(at, LeaseDue(entry)));
    }

    /// <summary>When the lease is to be renewed: half of it before its end, while there is no outcome.</summary>
    private DateTimeOffset LeaseDue(PendingEntry entry) =>
        entry.State.Outcome is not null || entry.Unsaved is not null ? DateTimeOffset.MaxValue
        : entry.Stored.LeasedUntil is { } until ? until - (_options.Lease / 2)
        : DateTimeOffset.MinValue;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
