using System.Formats.Asn1;

namespace MedId.Testing;

/// <summary>What the time-stamp authority reads of a request (RFC 3161 §2.4.1).</summary>
internal sealed record TestTimestampRequest(byte[] Imprint, string? Policy, byte[]? Nonce, bool WantsCertificate)
{
    /// <summary>Null when it is no request; the authority then rejects it.</summary>
    public static TestTimestampRequest? TryRead(byte[] der)
    {
        try
        {
            var request = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            request.ReadInteger();
            var imprint = request.ReadEncodedValue().ToArray();
            var policy = Next(request, UniversalTagNumber.ObjectIdentifier) ? request.ReadObjectIdentifier() : null;
            var nonce = Next(request, UniversalTagNumber.Integer) ? request.ReadIntegerBytes().ToArray() : null;
            return new(imprint, policy, nonce, Next(request, UniversalTagNumber.Boolean) && request.ReadBoolean());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static bool Next(AsnReader reader, UniversalTagNumber type) => reader.HasData && reader.PeekTag().HasSameClassAndValue(new Asn1Tag(type));
}
