using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.8.</summary>
internal static class AppleAttestation
{
    private const string Section = AttestationSections.Apple;
    private const string NonceOid = "1.2.840.113635.100.8.2";

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Step 1: the syntax. Devices send alg as well, which says nothing: nothing is signed by the credential's key.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        if (read.Value.Certificates is not { } path)
        {
            return AttestationStatement.Malformed(Section, "x5c is missing");
        }

        // Steps 2 to 4: SHA-256 of authenticatorData || clientDataHash is in the certificate.
        var nonce = SHA256.HashData(input.ToBeSigned);
        if (path[0].Extensions.Find(NonceOid) is not { } extension || !CryptographicOperations.FixedTimeEquals(ReadNonce(extension.Value), nonce))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationAppleNonce, ErrorCategory.Untrusted, Section);
        }

        // Step 5: the certificate is about the credential's key.
        var key = input.ReadKey(path[0], Section);
        return !key.Succeeded ? key.Error
            : !key.Value.Equals(input.Credential.Key.Key) ? new MedIdError(Fido2ErrorCodes.AttestationKeyMismatch, ErrorCategory.Untrusted, Section)
            : new AttestationStatementEvidence { Format = AttestationFormats.Apple, Type = AttestationType.AnonCa, Aaguid = input.Credential.Aaguid, Path = path };
    }

    /// <summary>SEQUENCE { [1] EXPLICIT OCTET STRING }; empty when it is not that.</summary>
    private static ReadOnlySpan<byte> ReadNonce(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var choice = sequence.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1));
            sequence.ThrowIfNotEmpty();
            var nonce = choice.ReadOctetString();
            choice.ThrowIfNotEmpty();
            return nonce;
        }
        catch (AsnContentException)
        {
            return default;
        }
    }
}
