namespace MedId.Core;

/// <summary>What is known, with provenance, about the authenticator that was used. A fact without provenance is false.</summary>
/// <remarks>
/// Filled by a verifier from evidence: attestation together with metadata for what the hardware is, the assertion itself for what happened.
/// An attachment hint or a transport is never evidence (SP 800-63B-4 §3.1.7).
/// </remarks>
public sealed record AuthenticatorFacts
{
    /// <summary>The private key is used by a public-key protocol.</summary>
    public required bool PublicKey { get; init; }

    /// <summary>The authenticator itself verified the person (biometric or PIN) in this act, beyond mere presence.</summary>
    public required bool UserVerified { get; init; }

    /// <summary>The key lives in protected hardware; true only when attestation and metadata say so.</summary>
    public required bool HardwareProtected { get; init; }

    /// <summary>The key can leave the authenticator, by export or by syncing. True unless shown otherwise.</summary>
    public required bool Exportable { get; init; }

    /// <summary>A fresh challenge of the verifier was signed.</summary>
    public required bool ReplayResistant { get; init; }

    /// <summary>The signature covers the verifier's name, so a look-alike cannot use it.</summary>
    public required bool PhishingResistant { get; init; }

    /// <summary>The person had to act for this authentication.</summary>
    public required bool Intent { get; init; }

    /// <summary>A password was verified beside it, in the same authentication: the second factor of an authenticator that does not verify the person. False by default.</summary>
    public bool PasswordVerified { get; init; }
}
