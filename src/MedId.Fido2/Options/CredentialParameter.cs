using System.Text.Json;

namespace MedId.Fido2;

/// <summary>One of pubKeyCredParams (WebAuthn L3 §5.3).</summary>
/// <param name="Algorithm">The COSE algorithm.</param>
public sealed record CredentialParameter(long Algorithm)
{
    /// <summary>The credential type. Default: <c>public-key</c>.</summary>
    public string Type { get; init; } = CredentialDescriptor.PublicKey;

    /// <summary>Members that this library does not know, kept as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Other { get; init; } = OtherMembers.None;
}
