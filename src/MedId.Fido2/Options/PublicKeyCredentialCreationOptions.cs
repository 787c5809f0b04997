using System.Text.Json;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>What <c>navigator.credentials.create()</c> is called with (WebAuthn L3 §5.4, PublicKeyCredentialCreationOptionsJSON).</summary>
public sealed record PublicKeyCredentialCreationOptions
{
    /// <summary>The relying party.</summary>
    public required RelyingPartyEntity Rp { get; init; }

    /// <summary>The account.</summary>
    public required UserEntity User { get; init; }

    /// <summary>The challenge: at least 16 random bytes, used once.</summary>
    public required ReadOnlyMemory<byte> Challenge { get; init; }

    /// <summary>The algorithms, the preferred ones first. Default: <see cref="CredentialParameters.Supported"/>.</summary>
    public IReadOnlyList<CredentialParameter> PubKeyCredParams { get; init; } = [.. CredentialParameters.Supported.Select(algorithm => new CredentialParameter(algorithm))];

    /// <summary>How long the client may take, in whole milliseconds; 300 to 600 seconds are recommended (§15.1). Null to leave it out.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Credentials of the account, so that one authenticator is not registered twice; null to leave the member out.</summary>
    public IReadOnlyList<CredentialDescriptor>? ExcludeCredentials { get; init; }

    /// <summary>What the authenticator should be like; null to leave it out.</summary>
    public AuthenticatorSelection? AuthenticatorSelection { get; init; }

    /// <summary><c>security-key</c>, <c>client-device</c>, <c>hybrid</c>, the preferred ones first (§5.8.7); null to leave them out.</summary>
    public IReadOnlyList<string>? Hints { get; init; }

    /// <summary><c>none</c>, <c>indirect</c>, <c>direct</c> or <c>enterprise</c>; null for the standard's <c>none</c>.</summary>
    public string? Attestation { get; init; }

    /// <summary>The formats of attestation wanted, the preferred ones first; null to leave them out.</summary>
    public IReadOnlyList<string>? AttestationFormats { get; init; }

    /// <summary>Inputs of extensions; null to leave them out.</summary>
    public ExtensionInputs? Extensions { get; init; }

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;

    /// <summary>Reads options, ours or another server's.</summary>
    /// <param name="json">The JSON object; at most 256 KiB in UTF-8.</param>
    /// <returns>Options whose <see cref="ToJson"/> says the same, or <c>fido2.options_malformed</c>.</returns>
    public static MedIdResult<PublicKeyCredentialCreationOptions> Parse(string json) => OptionsJson.ReadCreation(json);

    /// <summary>The JSON for PublicKeyCredential.parseCreationOptionsFromJSON().</summary>
    public string ToJson() => OptionsJson.Write(this);

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(PublicKeyCredentialCreationOptions);
}
