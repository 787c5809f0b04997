using System.Formats.Asn1;

namespace MedId.Testing;

/// <summary>What the responder reads of an OCSP request (RFC 6960 §4.1.1).</summary>
internal sealed record TestOcspRequest(IReadOnlyList<(byte[] CertificateId, byte[] SerialNumber)> Asked, byte[]? Nonce)
{
    /// <summary>Null when it is no request; the responder then answers malformedRequest.</summary>
    public static TestOcspRequest? TryRead(byte[] der)
    {
        try
        {
            return Read(der);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static TestOcspRequest Read(byte[] der)
    {
        var signed = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        Skip(signed, 0);
        Skip(signed, 1);
        var list = signed.ReadSequence();
        List<(byte[], byte[])> asked = [];
        while (list.HasData)
        {
            var id = list.ReadSequence().ReadEncodedValue().ToArray();
            var fields = new AsnReader(id, AsnEncodingRules.DER).ReadSequence();
            fields.ReadSequence();
            fields.ReadOctetString();
            fields.ReadOctetString();
            asked.Add((id, fields.ReadIntegerBytes().ToArray()));
        }

        byte[]? nonce = null;
        if (signed.HasData)
        {
            var extensions = signed.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2)).ReadSequence();
            while (extensions.HasData)
            {
                var extension = extensions.ReadSequence();
                var oid = extension.ReadObjectIdentifier();
                if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean))
                {
                    extension.ReadBoolean();
                }

                var value = extension.ReadOctetString();
                nonce = oid == "1.3.6.1.5.5.7.48.1.2" ? new AsnReader(value, AsnEncodingRules.DER).ReadOctetString() : nonce;
            }
        }

        return new(asked, nonce);
    }

    private static void Skip(AsnReader reader, int number)
    {
        if (reader.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, number)))
        {
            reader.ReadEncodedValue();
        }
    }
}
