using System.Text.Json;

namespace MedId.Fido2;

/// <summary><c>rp</c> of creation options (WebAuthn L3 §5.4.2).</summary>
public sealed record RelyingPartyEntity
{
    /// <summary>The RP ID; null for the effective domain of the page.</summary>
    public string? Id { get; init; }

    /// <summary>The name that is shown; L3 deprecates it and clients still ask for it.</summary>
    public required string Name { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;
}
