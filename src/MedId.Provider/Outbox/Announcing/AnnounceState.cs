using System.Text.Json;

namespace MedId.Provider;

/// <summary>What an announcement keeps between attempts.</summary>
internal sealed record AnnounceState
{
    /// <summary>The devices that were tried.</summary>
    public List<DeviceTry> Tries { get; init; } = [];

    /// <summary>The consent that was made without asking, and is told of; null when somebody is asked.</summary>
    public string? Told { get; init; }

    /// <summary>Who is told, because the request itself is not kept that long; null when somebody is asked.</summary>
    public string? Account { get; init; }

    public static AnnounceState Parse(string? body) => body is null ? new() : JsonSerializer.Deserialize(body, OutboxJson.Default.AnnounceState)!;

    public DeviceTry? Find(string deviceId) => Tries.Find(one => string.Equals(one.Device, deviceId, StringComparison.Ordinal));

    public void Put(DeviceTry one)
    {
        Tries.RemoveAll(other => string.Equals(other.Device, one.Device, StringComparison.Ordinal));
        Tries.Add(one);
    }

    public string ToJson() => JsonSerializer.Serialize(this, OutboxJson.Default.AnnounceState);
}
