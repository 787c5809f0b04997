using MedId.Core;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.2.</summary>
internal static class PackedAttestation
{
    private const string Section = AttestationSections.Packed;

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Step 1: the statement has its syntax. ECDAA was dropped after Level 1.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        var fields = read.Value;
        return fields.NamesEcdaa || fields.Algorithm is not { } algorithm || fields.Signature is not { } signature
            ? AttestationStatement.Malformed(Section, fields.NamesEcdaa ? "ECDAA is no longer defined" : "alg or sig is missing")
            : fields.Certificates is { } path
            ? VerifyCertified(input, algorithm, signature, path)
            : VerifySelf(input, algorithm, signature);
    }

    private static MedIdResult<AttestationStatementEvidence> VerifyCertified(
        AttestationInput input, long algorithm, ReadOnlyMemory<byte> signature, IReadOnlyList<Certificate> path)
    {
        // Step 2.1: sig over authenticatorData || clientDataHash by the certificate's key.
        var key = input.ReadKey(path[0], Section);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        if (input.Verify(algorithm, key.Value, input.ToBeSigned, signature.Span, Section, out var usedWeak) is { } unsigned)
        {
            return unsigned;
        }

        // Step 2.2: the certificate meets §8.2.1. Step 2.3: its AAGUID, where it has one, is the credential's.
        return FidoCertificate.CheckPacked(path[0]) is { } unmet ? unmet
            : FidoCertificate.CheckAaguid(path[0], input.Credential.Aaguid, Section) is { } otherModel ? otherModel
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.Packed,
                Type = AttestationType.Basic,
                Aaguid = input.Credential.Aaguid,
                Path = path,
                UsedWeakAlgorithm = usedWeak,
                Device = FidoCertificate.ReadDevice(path[0]),
            };
    }

    private static MedIdResult<AttestationStatementEvidence> VerifySelf(AttestationInput input, long algorithm, ReadOnlyMemory<byte> signature)
    {
        // Step 3.1: alg is the credential's.
        if (algorithm != input.Credential.Key.Algorithm)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationKeyMismatch, ErrorCategory.Untrusted, Section, "alg is not the credential key's");
        }

        // Step 3.2: sig by the credential's key.
        return input.Verify(algorithm, input.Credential.Key.Key, input.ToBeSigned, signature.Span, Section, out var usedWeak) is { } unsigned
            ? unsigned
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.Packed,
                Type = AttestationType.Self,
                Aaguid = input.Credential.Aaguid,
                UsedWeakAlgorithm = usedWeak,
            };
    }
}
