using System.Diagnostics.Metrics;

namespace MedId.AspNetCore.Provider;

/// <summary>Names of this package's instruments. Tags are endpoint paths and codes: few values, nothing of a person.</summary>
public static class ProviderTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MedId.AspNetCore.Provider";

    /// <summary>Counts refusals, tags <c>endpoint</c> and <c>error.code</c>.</summary>
    public const string Refusals = "medid.provider.refusals";

    /// <summary>Counts device acts, tag <c>act</c> and <c>outcome</c>.</summary>
    public const string Acts = "medid.provider.device_acts";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> RefusalCounter = Meter.CreateCounter<long>(Refusals, "{refusal}");
    private static readonly Counter<long> ActCounter = Meter.CreateCounter<long>(Acts, "{act}");

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
}
