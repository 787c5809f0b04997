using System.Text.Json;

namespace MedId.Provider;

/// <summary>Trust data that operators put into the settings: a doctor OP or a trust framework.</summary>
public sealed record TrustEntry
{
    /// <summary>Its kind: <see cref="SettingKinds.PractitionerIssuer"/> or <see cref="SettingKinds.TrustFramework"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Its content.</summary>
    public required JsonElement Content { get; init; }

    /// <summary>Its version; what a replacement names.</summary>
    public required long Version { get; init; }

    /// <summary>When this version was put.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether it was removed.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Kind, id and version.</summary>
    public override string ToString() => $"{Kind} {Id}, version {Version}";
}
