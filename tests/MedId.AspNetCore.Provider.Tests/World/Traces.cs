using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Listens to every activity source and every meter of the process, and keeps every value that comes with them.</summary>
internal sealed class Traces : IDisposable
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public Traces()
    {
        _activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Activities.Enqueue(Text(activity)),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            Measurements.Enqueue($"{instrument.Meter.Name} {instrument.Name} {instrument.Description}");
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<byte>(Keep);
        _meters.SetMeasurementEventCallback<short>(Keep);
        _meters.SetMeasurementEventCallback<int>(Keep);
        _meters.SetMeasurementEventCallback<long>(Keep);
        _meters.SetMeasurementEventCallback<float>(Keep);
        _meters.SetMeasurementEventCallback<double>(Keep);
        _meters.SetMeasurementEventCallback<decimal>(Keep);
        _meters.Start();
    }

    public ConcurrentQueue<string> Activities { get; } = [];

    public ConcurrentQueue<string> Measurements { get; } = [];

    public void Observe() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private static string Text(Activity activity) => string.Join(
        '\n',
        activity.TagObjects.Select(Text)
            .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
            .Concat(activity.Events.Select(one => $"{one.Name} {string.Join(' ', one.Tags.Select(Text))}"))
            .Concat(activity.Links.Select(link => string.Join(' ', link.Tags?.Select(Text) ?? [])))
            .Prepend($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}"));

    private static string Text(KeyValuePair<string, object?> tag) =>
        $"{tag.Key}={(tag.Value is Array list ? string.Join(',', list.Cast<object?>()) : Convert.ToString(tag.Value, CultureInfo.InvariantCulture))}";

    private void Keep<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : struct
    {
        var text = $"{instrument.Meter.Name} {instrument.Name} {measurement}";
        foreach (var tag in tags)
        {
            text += " " + Text(tag);
        }

        Measurements.Enqueue(text);
    }
}
