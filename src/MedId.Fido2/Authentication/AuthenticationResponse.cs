using MedId.Core;

namespace MedId.Fido2;

/// <summary>What <c>navigator.credentials.get()</c> gave (WebAuthn L3 §5.1, AuthenticationResponseJSON), read and not yet believed.</summary>
public sealed record AuthenticationResponse
{
    /// <summary>The credential id as <c>id</c> and <c>rawId</c> say; the two are one value. The record is found by it.</summary>
    public required ReadOnlyMemory<byte> RawId { get; init; }

    /// <summary>The client data as received; the hash is over exactly these bytes.</summary>
    public required ReadOnlyMemory<byte> ClientDataJson { get; init; }

    /// <summary>The authenticator data as received.</summary>
    public required ReadOnlyMemory<byte> AuthenticatorData { get; init; }

    /// <summary>The signature as received.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The user handle; null where the authenticator gives none. The account of a discoverable credential is found by it.</summary>
    public ReadOnlyMemory<byte>? UserHandle { get; init; }

    /// <summary>How the authenticator is attached, as the client says; not signed. Null where it does not say.</summary>
    public string? AuthenticatorAttachment { get; init; }

    /// <summary>The outputs of the client's extensions as JSON (UTF-8); empty where there are none.</summary>
    public ReadOnlyMemory<byte> ClientExtensionResults { get; init; }

    private static MedIdError TooLong => new(Fido2ErrorCodes.ResponseMalformed, ErrorCategory.Malformed, "WebAuthn L3 §5.1", "too long, or half a character");

    /// <summary>Reads the JSON of PublicKeyCredential.toJSON().</summary>
    /// <param name="json">The JSON object; at most 256 KiB in UTF-8.</param>
    public static MedIdResult<AuthenticationResponse> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StrictUtf8.Read<AuthenticationResponse>(json, Parse) ?? TooLong;
    }

    /// <summary>Reads the JSON of PublicKeyCredential.toJSON().</summary>
    /// <param name="utf8">The JSON object in UTF-8; at most 256 KiB.</param>
    public static MedIdResult<AuthenticationResponse> Parse(ReadOnlySpan<byte> utf8) => Read(utf8, out var response) is { } error ? error : response!;

    /// <inheritdoc/>
    public override string ToString() => nameof(AuthenticationResponse);

    /// <summary>Reads a response; the refusal, or null.</summary>
    internal static MedIdError? Read(ReadOnlySpan<byte> utf8, out AuthenticationResponse? response)
    {
        response = null;
        if (CredentialJson.Read(utf8, isRegistration: false, out var json) is { } error)
        {
            return error;
        }

        response = new()
        {
            RawId = json.RawId,
            ClientDataJson = json.ClientData,
            AuthenticatorData = json.AuthenticatorData,
            Signature = json.Signature,

            // Written out, because a plain null beside it would become empty bytes.
            UserHandle = json.UserHandle.IsEmpty ? default(ReadOnlyMemory<byte>?) : json.UserHandle,
            AuthenticatorAttachment = json.Attachment,
            ClientExtensionResults = json.Extensions,
        };
        return null;
    }
}
