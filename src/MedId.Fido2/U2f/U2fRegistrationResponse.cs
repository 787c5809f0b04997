using System.Formats.Asn1;
using MedId.Core;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>A raw registration response message, taken apart: 05, key, key handle, attestation certificate, signature. FIDO U2F Raw Message Formats 1.2 §4.3.</summary>
public sealed record U2fRegistrationResponse
{
    /// <summary>The longest message that is read, in bytes.</summary>
    public const int MaxBytes = 1 + PublicKeyBytes + 1 + byte.MaxValue + Certificate.MaxBytes + U2fMessageReader.MaxSignature;

    internal const int PublicKeyBytes = 65;

    private const byte Reserved = 0x05;

    private U2fRegistrationResponse()
    {
    }

    /// <summary>The key of the user: <c>04</c>, X, Y; 65 bytes, not yet checked to be a point.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The key handle, 1 to 255 bytes.</summary>
    public required ReadOnlyMemory<byte> KeyHandle { get; init; }

    /// <summary>The attestation certificate in DER, not yet read.</summary>
    public required ReadOnlyMemory<byte> AttestationCertificate { get; init; }

    /// <summary>The signature of the attestation key.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Takes a message apart.</summary>
    /// <param name="message">The bytes; the result refers to them.</param>
    /// <returns>The parts, or <c>u2f.registration_malformed</c>.</returns>
    public static MedIdResult<U2fRegistrationResponse> Parse(ReadOnlyMemory<byte> message)
    {
        if (message.Length is < 1 + PublicKeyBytes + 1 or > MaxBytes)
        {
            return Malformed("too short or too long");
        }

        var bytes = message.Span;
        if (bytes[0] != Reserved)
        {
            return Malformed("the first byte is not 05");
        }

        var (handleAt, handleLength) = (1 + PublicKeyBytes + 1, bytes[1 + PublicKeyBytes]);
        if (handleLength == 0 || message.Length <= handleAt + handleLength)
        {
            return Malformed("no key handle, or one longer than the message");
        }

        // The certificate tells its own length.
        var rest = message[(handleAt + handleLength)..];
        if (!AsnDecoder.TryReadEncodedValue(rest.Span, AsnEncodingRules.DER, out var tag, out _, out _, out var length) || !tag.HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return Malformed("no certificate behind the key handle");
        }

        return U2fMessageReader.IsOneSignature(rest.Span[length..])
            ? new U2fRegistrationResponse
            {
                PublicKey = message.Slice(1, PublicKeyBytes),
                KeyHandle = message.Slice(handleAt, handleLength),
                AttestationCertificate = rest[..length],
                Signature = rest[length..],
            }
            : Malformed("no signature behind the certificate, or more than one");
    }

    /// <summary>How long it is; nothing of the key handle.</summary>
    public override string ToString() => $"U2F registration, key handle of {KeyHandle.Length} bytes";

    private static MedIdError Malformed(string detail) => new(U2fErrorCodes.RegistrationMalformed, ErrorCategory.Malformed, U2fSections.Registration, detail);
}
