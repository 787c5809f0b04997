using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>Verifies attestation statements and judges whether they are trusted (WebAuthn L3 §7.1 steps 21 to 24, §8). Pure: no clock, no network, no store.</summary>
public static class AttestationVerifier
{
    /// <summary>Steps 21 and 22: finds the format and follows its verification procedure.</summary>
    /// <param name="attestation">The attestation object.</param>
    /// <param name="clientDataHash">SHA-256 of the client data as they came, 32 bytes.</param>
    /// <param name="rules">What it is judged by.</param>
    /// <returns>What the statement proves; else a code <c>fido2.attestation_…</c>, or <c>cbor.…</c> where the statement is no CBOR.</returns>
    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationObject attestation, ReadOnlySpan<byte> clientDataHash, AttestationRules rules)
    {
        ArgumentNullException.ThrowIfNull(attestation);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfNotEqual(clientDataHash.Length, SHA256.HashSizeInBytes, nameof(clientDataHash));
        ArgumentOutOfRangeException.ThrowIfLessThan(rules.Policy.CompoundMinimum ?? 1, 1, nameof(rules));
        return VerifyStatement(new(attestation.AuthenticatorData, clientDataHash, rules), attestation.Format, attestation.Statement);
    }

    /// <summary>Steps 23 and 24: judges whether what was proven is trusted, and whether the registration may go on.</summary>
    /// <param name="evidence">What <see cref="Verify"/> gave.</param>
    /// <param name="rules">What it is judged by.</param>
    public static AttestationTrust Judge(AttestationStatementEvidence evidence, AttestationRules rules)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(rules);
        return AttestationJudge.Judge(evidence, rules);
    }

    /// <summary>Step 21: formats are told apart octet by octet.</summary>
    internal static MedIdResult<AttestationStatementEvidence> VerifyStatement(AttestationInput input, string format, ReadOnlyMemory<byte> statement) => format switch
    {
        AttestationFormats.Packed => PackedAttestation.Verify(input, statement),
        AttestationFormats.Tpm => TpmAttestation.Verify(input, statement),
        AttestationFormats.AndroidKey => AndroidKeyAttestation.Verify(input, statement),
        AttestationFormats.AndroidSafetyNet => SafetyNetAttestation.Verify(input, statement),
        AttestationFormats.FidoU2f => FidoU2fAttestation.Verify(input, statement),
        AttestationFormats.None => NoneAttestation.Verify(input, statement),
        AttestationFormats.Apple => AppleAttestation.Verify(input, statement),
        AttestationFormats.Compound => CompoundAttestation.Verify(input, statement),
        _ => new MedIdError(Fido2ErrorCodes.AttestationFormatUnknown, ErrorCategory.Unsupported, AttestationSections.Format),
    };
}
