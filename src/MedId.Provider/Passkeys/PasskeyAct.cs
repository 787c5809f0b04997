namespace MedId.Provider;

/// <summary>An act that a browser or app is asked to have a passkey perform.</summary>
public sealed record PasskeyAct
{
    /// <summary>The act's id; comes back with the answer.</summary>
    public required string Id { get; init; }

    /// <summary>PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON (WebAuthn L3 §5.1.9, §5.1.10).</summary>
    public required string PublicKey { get; init; }

    /// <summary>The nonce of <see cref="Challenge"/>, so that the page recomputes the challenge.</summary>
    public required string Nonce { get; init; }

    /// <summary>How long the act is waited for.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>For the last act the canonical choice; null otherwise.</summary>
    public string? Choice { get; init; }

    /// <summary>For the last act the digest of notice and choice; null otherwise.</summary>
    public string? Digest { get; init; }
}
