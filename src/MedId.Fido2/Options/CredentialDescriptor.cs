using System.Text.Json;

namespace MedId.Fido2;

/// <summary>One of excludeCredentials or allowCredentials (WebAuthn L3 §5.8.3).</summary>
/// <param name="Id">The credential id.</param>
public sealed record CredentialDescriptor(ReadOnlyMemory<byte> Id)
{
    /// <summary>The only credential type there is.</summary>
    public const string PublicKey = "public-key";

    /// <summary>The credential type. Default: <c>public-key</c>.</summary>
    public string Type { get; init; } = PublicKey;

    /// <summary>The transports of the record; null to leave them out.</summary>
    public IReadOnlyList<string>? Transports { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;
}
