using MedId.Core;

namespace MedId.Fido2;

/// <summary>Verifies attestation statements and judges whether they are trusted (WebAuthn L3 §7.1 steps 21 to 24, §8). Pure: no clock, no network, no store.</summary>
public static class AttestationVerifier
{
    /// <summary>Steps 21 and 22: finds the format and follows its verification procedure.</summary>
    /// <param name="attestation">The attestation object.</param>
    /// <param name="clientDataHash">SHA-256 of the client data as they came, 32 bytes.</param>
    /// <param name="rules">What it is judged by.</param>
    /// <returns>What the statement proves, or <c>fido2.attestation_…</c>.</returns>
    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationObject attestation, ReadOnlySpan<byte> clientDataHash, AttestationRules rules)
    {
        ArgumentNullException.ThrowIfNull(attestation);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfNotEqual(clientDataHash.Length, 32, nameof(clientDataHash));
        return new MedIdError(Fido2ErrorCodes.AttestationFormatUnknown, ErrorCategory.Unsupported, "WebAuthn L3 §7.1 step 21");
    }

    /// <summary>Steps 23 and 24: judges whether what was proven is trusted, and whether the registration may go on.</summary>
    /// <param name="evidence">What <see cref="Verify"/> gave.</param>
    /// <param name="rules">What it is judged by.</param>
    public static AttestationTrust Judge(AttestationStatementEvidence evidence, AttestationRules rules)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(rules);
        return new()
        {
            Status = AttestationTrustStatus.NotJudged,
            IsAcceptable = false,
            Reason = new(Fido2ErrorCodes.AttestationNotJudged, ErrorCategory.Policy, "WebAuthn L3 §7.1 step 24"),
        };
    }
}
