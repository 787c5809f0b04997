using System.Text.Json;

namespace MedId.Fido2;

/// <summary><c>authenticatorSelection</c> of creation options (WebAuthn L3 §5.4.4). Values are kept as texts, because clients pass over those they do not know.</summary>
public sealed record AuthenticatorSelection
{
    /// <summary><c>platform</c> or <c>cross-platform</c>; null for either.</summary>
    public string? AuthenticatorAttachment { get; init; }

    /// <summary><c>required</c>, <c>preferred</c> or <c>discouraged</c>; null to leave it out.</summary>
    public string? ResidentKey { get; init; }

    /// <summary>Level 1's form of <see cref="ResidentKey"/>: true only with <c>required</c>; null to leave it out.</summary>
    public bool? RequireResidentKey { get; init; }

    /// <summary><c>required</c>, <c>preferred</c> or <c>discouraged</c>; null for the standard's <c>preferred</c>.</summary>
    public string? UserVerification { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;
}
