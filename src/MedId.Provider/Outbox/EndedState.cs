using System.Text.Json;

namespace MedId.Provider;

/// <summary>Who was told that a consent ended.</summary>
internal sealed record EndedState
{
    /// <summary>The places of the observers that were told.</summary>
    public List<int> Observers { get; init; } = [];

    /// <summary>The devices that are done with.</summary>
    public List<string> Devices { get; init; } = [];

    /// <summary>The device by which the person did it, which need not be told.</summary>
    public string? Acting { get; init; }

    public static EndedState Parse(string? body) => body is null ? new() : JsonSerializer.Deserialize(body, OutboxJson.Default.EndedState)!;

    public string ToJson() => JsonSerializer.Serialize(this, OutboxJson.Default.EndedState);
}
