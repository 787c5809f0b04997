using MedId.Core;

namespace MedId.Fido2;

/// <summary>What <c>navigator.credentials.create()</c> gave (WebAuthn L3 §5.1, RegistrationResponseJSON), read and not yet believed.</summary>
public sealed record RegistrationResponse
{
    /// <summary>The credential id as <c>id</c> and <c>rawId</c> say; the two are one value.</summary>
    public required ReadOnlyMemory<byte> RawId { get; init; }

    /// <summary>The client data as received; the hash is over exactly these bytes.</summary>
    public required ReadOnlyMemory<byte> ClientDataJson { get; init; }

    /// <summary>The attestation object as received.</summary>
    public required ReadOnlyMemory<byte> AttestationObject { get; init; }

    /// <summary>The transports that the client names, in its order; not signed.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>How the authenticator is attached, as the client says; not signed. Null where it does not say.</summary>
    public string? AuthenticatorAttachment { get; init; }

    /// <summary>The outputs of the client's extensions as JSON (UTF-8); empty where there are none.</summary>
    public ReadOnlyMemory<byte> ClientExtensionResults { get; init; }

    private static MedIdError TooLong => new(Fido2ErrorCodes.ResponseMalformed, ErrorCategory.Malformed, "WebAuthn L3 §5.1", "too long, or half a character");

    /// <summary>Reads the JSON of PublicKeyCredential.toJSON().</summary>
    /// <param name="json">The JSON object; at most 256 KiB in UTF-8.</param>
    public static MedIdResult<RegistrationResponse> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StrictUtf8.Read<RegistrationResponse>(json, Parse) ?? TooLong;
    }

    /// <summary>Reads the JSON of PublicKeyCredential.toJSON().</summary>
    /// <param name="utf8">The JSON object in UTF-8; at most 256 KiB.</param>
    public static MedIdResult<RegistrationResponse> Parse(ReadOnlySpan<byte> utf8)
    {
        if (CredentialJson.Read(utf8, isRegistration: true, out var json) is { } error)
        {
            return error;
        }

        return new RegistrationResponse
        {
            RawId = json.RawId,
            ClientDataJson = json.ClientData,
            AttestationObject = json.AttestationObject,
            Transports = json.Transports,
            AuthenticatorAttachment = json.Attachment,
            ClientExtensionResults = json.Extensions,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(RegistrationResponse);
}
