using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>Reads what caIssuers leads to: one certificate in DER, or a CMS message with certificates only (RFC 5280 §4.2.2.1, RFC 5272 §3.8).</summary>
internal static class IssuerCertificates
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const int MaxCertificates = 16;

    /// <summary>The certificates; empty when it is neither.</summary>
    public static IReadOnlyList<Certificate> Read(ReadOnlyMemory<byte> content)
    {
        if (Certificate.Parse(content) is { Succeeded: true } single)
        {
            return [single.Value];
        }

        try
        {
            return ReadCertificatesOnly(content);
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private static List<Certificate> ReadCertificatesOnly(ReadOnlyMemory<byte> content)
    {
        var message = DerReader.Whole(content);
        if (!string.Equals(message.ReadOid(), SignedData, StringComparison.Ordinal))
        {
            return [];
        }

        var wrapper = message.ReadSequence(DerReader.Context(0));
        var data = wrapper.ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        data.ReadEncodedValue();
        var read = new List<Certificate>(1);
        if (!data.IsNext(DerReader.Context(0)))
        {
            return read;
        }

        for (var list = data.ReadSequence(DerReader.Context(0)); list.HasData && read.Count < MaxCertificates;)
        {
            if (Certificate.Parse(list.ReadEncodedValue()) is { Succeeded: true } certificate)
            {
                read.Add(certificate.Value);
            }
        }

        return read;
    }
}
