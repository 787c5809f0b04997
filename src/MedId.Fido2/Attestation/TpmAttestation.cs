using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.3.</summary>
internal static class TpmAttestation
{
    private const string Section = AttestationSections.Tpm;
    private const string SupportedVersion = "2.0";

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // The syntax, and that x5c is present.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        if (read.Value is not { Version: SupportedVersion, Algorithm: { } algorithm, Signature: { } signature, Certificates: { } path, CertInfo: { } certInfo, PubArea: { } pubArea })
        {
            return AttestationStatement.Malformed(Section, "ver is not 2.0, or alg, x5c, sig, certInfo or pubArea is missing");
        }

        // pubArea is the credential's key.
        if (TpmPublicArea.Read(pubArea.Span) is not { } area)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationTpmStructure, ErrorCategory.Malformed, Section, "pubArea");
        }

        if (!area.Matches(input.Credential.Key.Key))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationKeyMismatch, ErrorCategory.Untrusted, Section, "pubArea is another key than the credential's");
        }

        // aikCert meets §8.3.1, and is for this model when it says for which.
        var device = TpmCertificate.Check(path[0], input.Rules.Policy);
        if (!device.Succeeded)
        {
            return device.Error;
        }

        if (FidoCertificate.CheckAaguid(path[0], input.Credential.Aaguid, Section) is { } otherModel)
        {
            return otherModel;
        }

        // sig is over certInfo, by the key of aikCert.
        var key = input.ReadKey(path[0], Section);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        if (input.Verify(algorithm, key.Value, certInfo.Span, signature.Span, Section, out var usedWeak) is { } unsigned)
        {
            return unsigned;
        }

        return CheckCertInfo(input, algorithm, certInfo.Span, area, pubArea.Span) is { } refused
            ? refused
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.Tpm,
                Type = AttestationType.AttCa,
                Aaguid = input.Credential.Aaguid,
                Path = path,
                UsedWeakAlgorithm = usedWeak || area.NameAlgorithm.IsWeak,
                Tpm = device.Value,
            };
    }

    /// <summary>certInfo: made inside a TPM, to certify, about this registration and this object. qualifiedSigner, clockInfo and firmwareVersion are ignored.</summary>
    private static MedIdError? CheckCertInfo(AttestationInput input, long algorithm, ReadOnlySpan<byte> certInfo, TpmPublicArea area, ReadOnlySpan<byte> pubArea)
    {
        var attested = TpmAttest.Read(certInfo, out var isOtherKind);
        if (attested is null)
        {
            return isOtherKind
                ? new(Fido2ErrorCodes.AttestationTpmNotCertified, ErrorCategory.Untrusted, Section, "magic is not TPM_GENERATED_VALUE, or type not TPM_ST_ATTEST_CERTIFY")
                : new(Fido2ErrorCodes.AttestationTpmStructure, ErrorCategory.Malformed, Section, "certInfo");
        }

        SignatureAlgorithm.TryFromWebAuthn(algorithm, out var signatureAlgorithm);
        if (DigestOf(signatureAlgorithm!) is not { } digest || !CryptographicOperations.FixedTimeEquals(digest.Compute(input.ToBeSigned), attested.ExtraData))
        {
            return new(Fido2ErrorCodes.AttestationTpmExtraData, ErrorCategory.Untrusted, Section);
        }

        // TPM 2.0 Part 1 §16: a Name is nameAlg and the hash of the public area by it. SHA-1 binds only where policy lets it.
        byte[] name = [(byte)(area.NameAlgorithmId >> 8), (byte)area.NameAlgorithmId, .. area.NameAlgorithm.Compute(pubArea)];
        return input.Algorithms.Allows(area.NameAlgorithm) && name.AsSpan().SequenceEqual(attested.Name)
            ? null
            : new(Fido2ErrorCodes.AttestationTpmObject, ErrorCategory.Untrusted, Section);
    }

    /// <summary>The hash of alg; null for one that takes the data itself, for which the format names no hash.</summary>
    private static DigestAlgorithm? DigestOf(SignatureAlgorithm algorithm) =>
        algorithm.KeyKind is KeyKind.Ed25519 or KeyKind.Ed448 ? null : DigestAlgorithm.All.FirstOrDefault(digest => digest.Hash == algorithm.Hash);
}
