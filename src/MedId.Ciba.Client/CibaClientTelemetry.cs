using System.Diagnostics;
using System.Diagnostics.Metrics;
using MedId.Core;

namespace MedId.Ciba.Client;

/// <summary>Names of what this package measures. Tags have few values and nothing personal.</summary>
public static class CibaClientTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "MedId.Ciba.Client";

    /// <summary>Counter of backchannel requests; tag <see cref="OutcomeTag"/>.</summary>
    public const string RequestsName = "medid.ciba.client.requests";

    /// <summary>Counter of polls; tag <see cref="OutcomeTag"/>.</summary>
    public const string PollsName = "medid.ciba.client.polls";

    /// <summary>Counter of outcomes of a scheduler's requests; tag <see cref="OutcomeTag"/>.</summary>
    public const string OutcomesName = "medid.ciba.client.outcomes";

    /// <summary>Counter of notifications that came; tag <see cref="OutcomeTag"/>.</summary>
    public const string NotificationsName = "medid.ciba.client.notifications";

    /// <summary>How many requests the schedulers of this process look after.</summary>
    public const string PendingName = "medid.ciba.client.pending";

    /// <summary>Histogram of how much later than due a poll was sent, in seconds.</summary>
    public const string LatenessName = "medid.ciba.client.poll.lateness";

    /// <summary>Counter of outcomes whose handler threw, and of tokens that could not be given back.</summary>
    public const string HandlerFailuresName = "medid.ciba.client.handler.failures";

    /// <summary>Counter of calls of the store that threw.</summary>
    public const string StoreFailuresName = "medid.ciba.client.store.failures";

    /// <summary><c>ok</c>, <c>pending</c>, <c>slow_down</c>, <c>unavailable</c>, or an error code of this library.</summary>
    public const string OutcomeTag = "outcome";

    internal static ActivitySource Source { get; } = new(Name);

    private static Meter Meter { get; } = new(Name);

    internal static Counter<long> Requests { get; } = Meter.CreateCounter<long>(RequestsName);

    internal static Counter<long> Polls { get; } = Meter.CreateCounter<long>(PollsName);

    internal static Counter<long> Outcomes { get; } = Meter.CreateCounter<long>(OutcomesName);

    internal static Counter<long> Notifications { get; } = Meter.CreateCounter<long>(NotificationsName);

    internal static UpDownCounter<long> Pending { get; } = Meter.CreateUpDownCounter<long>(PendingName);

    internal static Histogram<double> Lateness { get; } = Meter.CreateHistogram<double>(LatenessName, "s");

    internal static Counter<long> HandlerFailures { get; } = Meter.CreateCounter<long>(HandlerFailuresName);

    internal static Counter<long> StoreFailures { get; } = Meter.CreateCounter<long>(StoreFailuresName);

    internal static void Count(Counter<long> counter, Activity? activity, MedIdError? error, string outcome = "ok")
    {
        activity?.SetTag(OutcomeTag, error?.Code ?? outcome);
        if (error is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Code);
        }

        counter.Add(1, new KeyValuePair<string, object?>(OutcomeTag, error?.Code ?? outcome));
    }
}
