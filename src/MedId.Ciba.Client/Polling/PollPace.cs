namespace MedId.Ciba.Client;

/// <summary>When the next poll may be sent (CIBA Core §7.3, §11). Pure arithmetic; one instance a request.</summary>
internal sealed class PollPace(TimeSpan interval)
{
    private static readonly TimeSpan SlowDownStep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(60);

    private int _troubles;

    /// <summary>The pace now; never falls.</summary>
    public TimeSpan Interval { get; private set; } = interval;

    /// <summary>The earliest instant for the next poll.</summary>
    /// <param name="answer">What the last one got.</param>
    /// <param name="sentAt">When the last one was sent.</param>
    /// <param name="answeredAt">When its answer came.</param>
    public DateTimeOffset Next(PollAnswer answer, DateTimeOffset sentAt, DateTimeOffset answeredAt)
    {
        // §11: five seconds more, for this and all later polls of the request.
        if (answer.Kind == PollAnswerKind.SlowDown)
        {
            Interval += SlowDownStep;
        }

        // As RFC 8628 §3.5 asks of its like: after a timeout, exponentially less often; well again, back to the pace.
        _troubles = answer.Kind == PollAnswerKind.Unavailable ? Math.Min(_troubles + 1, 16) : 0;
        var backoff = TimeSpan.FromTicks(Interval.Ticks << _troubles);
        var limit = Interval > MaxBackoff ? Interval : MaxBackoff;
        var byPace = sentAt + (backoff > limit ? limit : backoff);
        var byServer = answeredAt + (answer.RetryAfter ?? TimeSpan.Zero);
        return byServer > byPace ? byServer : byPace;
    }
}
