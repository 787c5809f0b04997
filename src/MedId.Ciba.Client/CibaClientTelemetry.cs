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

    /// <summary><c>ok</c>, <c>pending</c>, <c>slow_down</c>, <c>unavailable</c>, or an error code of this library.</summary>
    public const string OutcomeTag = "outcome";

    internal static ActivitySource Source { get; } = new(Name);

    private static Meter Meter { get; } = new(Name);

    internal static Counter<long> Requests { get; } = Meter.CreateCounter<long>(RequestsName);

    internal static Counter<long> Polls { get; } = Meter.CreateCounter<long>(PollsName);

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
