namespace MedId.Fido2;

/// <summary>What the authenticator's extensions gave (WebAuthn L3 §9.5, CTAP 2.2 §12); signed with the authenticator data.</summary>
public sealed record AuthenticatorExtensionOutputs
{
    /// <summary>No output.</summary>
    public static AuthenticatorExtensionOutputs None { get; } = new();

    /// <summary>The identifiers of all outputs, in their order; those of unknown extensions too.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary><c>credProtect</c>: 1 optional, 2 optional with a credential list, 3 required; null without output.</summary>
    public int? CredentialProtection { get; init; }

    /// <summary><c>hmac-secret</c> at registration: whether the credential can do it; null without output.</summary>
    public bool? HmacSecret { get; init; }

    /// <summary><c>hmac-secret</c> at authentication: the encrypted result; null without output.</summary>
    public ReadOnlyMemory<byte>? HmacSecretResult { get; init; }

    /// <summary><c>minPinLength</c>; null without output.</summary>
    public int? MinimumPinLength { get; init; }

    /// <summary><c>credBlob</c> at registration: whether it was stored; null without output.</summary>
    public bool? CredentialBlobStored { get; init; }

    /// <summary><c>credBlob</c> at authentication: what was stored; null without output.</summary>
    public ReadOnlyMemory<byte>? CredentialBlob { get; init; }
}
