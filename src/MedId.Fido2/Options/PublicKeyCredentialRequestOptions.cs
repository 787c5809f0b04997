using System.Text.Json;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>What <c>navigator.credentials.get()</c> is called with (WebAuthn L3 §5.5, PublicKeyCredentialRequestOptionsJSON).</summary>
public sealed record PublicKeyCredentialRequestOptions
{
    /// <summary>The challenge: at least 16 random bytes, used once.</summary>
    public required ReadOnlyMemory<byte> Challenge { get; init; }

    /// <summary>How long the client may take, in whole milliseconds; 300 to 600 seconds are recommended (§15.1). Null to leave it out.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The RP ID; null for the effective domain of the page.</summary>
    public string? RpId { get; init; }

    /// <summary>The credentials that may answer; null to leave the member out, then discoverable ones answer.</summary>
    public IReadOnlyList<CredentialDescriptor>? AllowCredentials { get; init; }

    /// <summary><c>required</c>, <c>preferred</c> or <c>discouraged</c>; null for the standard's <c>preferred</c>.</summary>
    public string? UserVerification { get; init; }

    /// <summary><c>security-key</c>, <c>client-device</c>, <c>hybrid</c>, the preferred ones first (§5.8.7); null to leave them out.</summary>
    public IReadOnlyList<string>? Hints { get; init; }

    /// <summary>Inputs of extensions; null to leave them out.</summary>
    public ExtensionInputs? Extensions { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Reads options, ours or another server's.</summary>
    /// <param name="json">The JSON object; at most 256 KiB in UTF-8.</param>
    /// <returns>Options whose <see cref="ToJson"/> says the same, or <c>fido2.options_malformed</c>.</returns>
    public static MedIdResult<PublicKeyCredentialRequestOptions> Parse(string json) => OptionsJson.ReadRequest(json);

    /// <summary>The JSON for PublicKeyCredential.parseRequestOptionsFromJSON().</summary>
    public string ToJson() => OptionsJson.Write(this);

    /// <inheritdoc/>
    public override string ToString() => nameof(PublicKeyCredentialRequestOptions);
}
