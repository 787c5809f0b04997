using System.Diagnostics.Metrics;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The instruments of <see cref="ResourceServerTelemetry"/>; the host's factory owns the meter.</summary>
internal sealed class ResourceServerInstruments
{
    private readonly Meter _meter;
    private readonly Counter<long> _calls;

    public ResourceServerInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(ResourceServerTelemetry.Name);
        _calls = _meter.CreateCounter<long>(ResourceServerTelemetry.CallsName);
    }

    public void Count(string stage, string? code) =>
        _calls.Add(1, new KeyValuePair<string, object?>(ResourceServerTelemetry.StageTag, stage), new KeyValuePair<string, object?>(ResourceServerTelemetry.OutcomeTag, code ?? "ok"));
}
