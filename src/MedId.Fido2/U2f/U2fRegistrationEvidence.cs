using MedId.Pki;

namespace MedId.Fido2;

/// <summary>A U2F registration that verified. Made by <see cref="U2fVerifier"/> only.</summary>
public sealed record U2fRegistrationEvidence
{
    internal U2fRegistrationEvidence()
    {
    }

    /// <summary>What to store. Before that: its key handle is not registered to anybody yet.</summary>
    public required U2fRegistration Registration { get; init; }

    /// <summary>The attestation certificate.</summary>
    public required Certificate AttestationCertificate { get; init; }

    /// <summary>Whether its model is trusted, and why not.</summary>
    public required AttestationTrust Trust { get; init; }
}
