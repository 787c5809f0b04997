using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MedId.AspNetCore.Provider;

/// <summary>Names of this package's instruments and of its activity source. Tags are routes and codes: few values, nothing of a person. The table is <c>build/docs/telemetry.md</c>.</summary>
public static class ProviderTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MedId.AspNetCore.Provider";

    /// <summary>Name of the activity source: one activity a call, named by its route.</summary>
    public const string ActivitySourceName = "MedId.AspNetCore.Provider";

    /// <summary>Counts refusals, tags <c>endpoint</c> and <c>error.code</c>.</summary>
    public const string Refusals = "medid.provider.refusals";

    /// <summary>Counts device acts, tag <c>act</c> and <c>outcome</c>.</summary>
    public const string Acts = "medid.provider.device_acts";

    /// <summary>How long calls took in seconds, tags <c>endpoint</c> and <c>http.response.status_code</c>.</summary>
    public const string Duration = "medid.provider.call.duration";

    /// <summary>Counts calls of the administration API, tags <c>verb</c> and <c>outcome</c>.</summary>
    public const string Administration = "medid.provider.administration";

    /// <summary>How far the outbox is behind in seconds, tag <c>tenant</c>; recorded by its health check.</summary>
    public const string OutboxLag = "medid.provider.outbox.lag";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ActivitySource Source = new(ActivitySourceName);
    private static readonly Counter<long> RefusalCounter = Meter.CreateCounter<long>(Refusals, "{refusal}");
    private static readonly Counter<long> ActCounter = Meter.CreateCounter<long>(Acts, "{act}");
    private static readonly Histogram<double> DurationHistogram = Meter.CreateHistogram<double>(Duration, "s");
    private static readonly Counter<long> AdministrationCounter = Meter.CreateCounter<long>(Administration, "{call}");
    private static readonly Gauge<double> OutboxLagGauge = Meter.CreateGauge<double>(OutboxLag, "s");

    internal static void CountRefusal(string? endpoint, string code)
    {
        if (RefusalCounter.Enabled)
        {
            RefusalCounter.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("error.code", code));
        }
    }

    internal static void CountAct(string act, string outcome)
    {
        if (ActCounter.Enabled)
        {
            ActCounter.Add(1, new KeyValuePair<string, object?>("act", act), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    internal static void CountAdministration(string verb, string outcome)
    {
        if (AdministrationCounter.Enabled)
        {
            AdministrationCounter.Add(1, new KeyValuePair<string, object?>("verb", verb), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    internal static void RecordDuration(string endpoint, int status, TimeSpan took)
    {
        if (DurationHistogram.Enabled)
        {
            DurationHistogram.Record(took.TotalSeconds, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("http.response.status_code", status));
        }
    }

    internal static void RecordOutboxLag(string tenant, TimeSpan lag)
    {
        if (OutboxLagGauge.Enabled)
        {
            OutboxLagGauge.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("tenant", tenant));
        }
    }

    internal static Activity? Start(string route) => Source.StartActivity("medid " + route);

    internal static void End(Activity? activity, int status, string? code)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("http.response.status_code", status);
        if (code is not null)
        {
            activity.SetTag("error.code", code);
        }

        if (status >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
