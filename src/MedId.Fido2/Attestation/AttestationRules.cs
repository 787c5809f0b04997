using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>By what an attestation is judged.</summary>
public sealed record AttestationRules
{
    /// <summary>Which attestations are good enough.</summary>
    public required AttestationTrustPolicy Policy { get; init; }

    /// <summary>Which algorithms may sign: <see cref="SignatureUse.WebAuthnAttestation"/> for statements, <see cref="SignatureUse.Certificate"/> for certificates.</summary>
    public required AlgorithmPolicy Algorithms { get; init; }

    /// <summary>The time that counts: now, or when a stored registration was made.</summary>
    public required DateTimeOffset At { get; init; }
}
