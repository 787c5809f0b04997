using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MedId.Samples.Hosting;

/// <summary>Listens to every activity source and meter of the process and writes what an exporter would see, unfiltered, as JSON lines.</summary>
internal sealed class TelemetryFile : IDisposable
{
    private readonly StreamWriter _output;
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;
    private readonly Lock _gate = new();

    public TelemetryFile(string path)
    {
        _output = new StreamWriter(path, append: true) { AutoFlush = true };
        _activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = WriteActivity,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => WriteMeasurement(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => WriteMeasurement(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => WriteMeasurement(instrument, value, tags));
        _meters.Start();
    }

    public void Dispose()
    {
        _meters.RecordObservableInstruments();
        _meters.Dispose();
        _activities.Dispose();
        lock (_gate)
        {
            _output.Dispose();
        }
    }

    private void WriteActivity(Activity activity) => Write(new JsonObject
    {
        ["activity"] = activity.OperationName,
        ["source"] = activity.Source.Name,
        ["display"] = activity.DisplayName,
        ["status"] = activity.Status.ToString(),
        ["description"] = activity.StatusDescription,
        ["ms"] = activity.Duration.TotalMilliseconds,
        ["tags"] = Tags(activity.TagObjects),
        ["baggage"] = Tags(activity.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value))),
        ["events"] = new JsonArray([.. activity.Events.Select(one => new JsonObject { ["name"] = one.Name, ["tags"] = Tags(one.Tags) })]),
    });

    private void WriteMeasurement<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct => Write(new JsonObject
        {
            ["instrument"] = instrument.Name,
            ["meter"] = instrument.Meter.Name,
            ["unit"] = instrument.Unit,
            ["value"] = Convert.ToDouble(value, CultureInfo.InvariantCulture),
            ["tags"] = Tags(tags.ToArray()),
        });

    private static JsonObject Tags(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var written = new JsonObject();
        foreach (var (name, value) in tags)
        {
            written[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        return written;
    }

    private void Write(JsonObject line)
    {
        lock (_gate)
        {
            if (_output.BaseStream is { CanWrite: true })
            {
                _output.WriteLine(SampleJson.ToText(line));
            }
        }
    }
}
