using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.6. It asks nothing of the AAGUID.</summary>
internal static class FidoU2fAttestation
{
    private const string Section = AttestationSections.FidoU2f;
    private const long Es256 = -7;
    private const int PointLength = 64;

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Step 1: the syntax.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        if (read.Value.Signature is not { } signature || read.Value.Certificates is not { } path)
        {
            return AttestationStatement.Malformed(Section, "sig or x5c is missing");
        }

        // Step 2: exactly one certificate, with a key on P-256.
        if (path.Count != 1)
        {
            return AttestationStatement.Malformed(Section, "x5c holds more than one certificate");
        }

        var key = input.ReadKey(path[0], Section);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        // Steps 3 and 4: the credential's key is on P-256 too, its coordinates of 32 bytes each.
        var credential = input.Credential;
        if (key.Value.Kind != KeyKind.P256 || credential.Key.Key.Kind != KeyKind.P256)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, ErrorCategory.Protocol, Section, "a key is not on P-256");
        }

        // Step 5: the message that U2F signs (FIDO U2F raw messages §4.3). The point ends a SubjectPublicKeyInfo.
        var point = credential.Key.Key.ExportSubjectPublicKeyInfo().AsSpan()[^PointLength..];
        byte[] message = [0x00, .. input.Data.RpIdHash.Span, .. input.ClientDataHash, .. credential.CredentialId.Span, 0x04, .. point];

        // Step 6: the signature. Step 7: basic and attCA look alike.
        return input.Verify(Es256, key.Value, message, signature.Span, Section, out var usedWeak) is { } unsigned
            ? unsigned
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.FidoU2f,
                Type = AttestationType.Basic,
                Aaguid = credential.Aaguid,
                Path = path,
                UsedWeakAlgorithm = usedWeak,
                AttestationKeyIdentifier = AttestationKeyIdentifier.Of(path[0]),
                Device = FidoCertificate.ReadDevice(path[0]),
            };
    }
}
