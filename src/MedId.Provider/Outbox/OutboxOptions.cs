namespace MedId.Provider;

/// <summary>How what has to be told is told: pauses, fallback, quiet hours.</summary>
public sealed class OutboxOptions
{
    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>By which part a pause is made shorter or longer at random, so that many do not come back together.</summary>
    /// <value>0.2.</value>
    public double Jitter { get; set; } = 0.2;

    /// <summary>Makes the jitter repeatable, for tests; null: random.</summary>
    /// <value>Null.</value>
    public int? JitterSeed { get; set; }

    /// <summary>How long a node has for one message; afterwards another one may take it.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many messages a node takes at once.</summary>
    /// <value>32.</value>
    public int Batch { get; set; } = 32;

    /// <summary>How many of them it tells at the same time.</summary>
    /// <value>8.</value>
    public int Parallel { get; set; } = 8;

    /// <summary>How often a node looks although nobody woke it: a lost signal, or a node that died, costs this at most.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a node that stops lets what it is telling come to an end.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After which time without a receipt a request is announced to the person's next device.</summary>
    /// <value>45 seconds.</value>
    public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The quiet hours of everybody who chose none; null: there are none.</summary>
    /// <value>Null.</value>
    public QuietHours? QuietHours { get; set; }

    /// <summary>What becomes of requests in quiet hours.</summary>
    /// <value><see cref="MedId.Provider.QuietRequests.Announce"/>.</value>
    public QuietRequests QuietRequests { get; set; } = QuietRequests.Announce;

    /// <summary>The rules that do not hold, in words that name the setting.</summary>
    internal IEnumerable<(bool Holds, string Message)> Rules()
    {
        yield return (FirstPause > TimeSpan.Zero && LongestPause >= FirstPause && LongestPause <= TimeSpan.FromHours(6), "Outbox: FirstPause is more than zero, LongestPause no shorter and at most 6 hours.");
        yield return (Jitter is >= 0 and <= 0.9, "Outbox.Jitter is from 0 to 0.9.");
        yield return (Lease >= TimeSpan.FromSeconds(10) && Lease <= TimeSpan.FromMinutes(10), "Outbox.Lease is from 10 seconds to 10 minutes.");
        yield return (Batch is >= 1 and <= 1000 && Parallel is >= 1 and <= 256, "Outbox: Batch is from 1 to 1000, Parallel from 1 to 256.");
        yield return (PollInterval >= TimeSpan.FromMilliseconds(100) && PollInterval <= TimeSpan.FromMinutes(5), "Outbox.PollInterval is from 100 milliseconds to 5 minutes.");
        yield return (StopWithin >= TimeSpan.Zero && StopWithin < Lease, "Outbox.StopWithin is shorter than Lease.");
        yield return (FallbackAfter >= TimeSpan.FromSeconds(5), "Outbox.FallbackAfter is at least 5 seconds.");
        yield return (QuietHours is null || QuietHours.From != QuietHours.To, "Outbox.QuietHours begin and end at different times.");
    }
}
