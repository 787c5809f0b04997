using System.Formats.Asn1;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Reads the certificates and crls fields of RFC 5652 §5.1 (choices §10.2.1, §10.2.2) and OCSP responses in them (RFC 5940).</summary>
internal sealed class CmsEmbeddedEvidence
{
    public List<Certificate> Certificates { get; } = [];

    public List<CertificateRevocationList> Crls { get; } = [];

    public List<OcspResponse> OcspResponses { get; } = [];

    public List<UnjudgedElement> NotRead { get; } = [];

    public static CmsEmbeddedEvidence Read(IEnumerable<ReadOnlyMemory<byte>> certificates, IEnumerable<ReadOnlyMemory<byte>> revocation)
    {
        var evidence = new CmsEmbeddedEvidence();
        foreach (var raw in certificates)
        {
            evidence.AddCertificate(raw);
        }

        foreach (var raw in revocation)
        {
            evidence.AddRevocation(raw);
        }

        return evidence;
    }

    /// <summary>An OCSPResponse around a BasicOCSPResponse (RFC 6960 §4.2.1), for documents that hold the inner structure alone.</summary>
    public static byte[] WrapBasicResponse(ReadOnlySpan<byte> basic)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0A, 0x01, 0x00]);
            using (writer.PushSequence(Asn.Context(0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsOids.OcspBasic);
                writer.WriteOctetString(basic);
            }
        }

        return writer.Encode();
    }

    private void AddCertificate(ReadOnlyMemory<byte> raw)
    {
        if (raw.Span[0] == 0x30 && Certificate.Parse(raw) is { Succeeded: true, Value: var certificate })
        {
            Certificates.Add(certificate);
            return;
        }

        NotRead.Add(raw.Span[0] switch
        {
            0x30 => new("certificate", "certificate that cannot be read"),
            0xA1 or 0xA2 => new("attributeCertificate", "attribute certificate"),
            _ => new("otherCertificate", "certificate of another format"),
        });
    }

    private void AddRevocation(ReadOnlyMemory<byte> raw)
    {
        if (raw.Span[0] == 0x30)
        {
            if (CertificateRevocationList.Parse(raw) is { Succeeded: true, Value: var crl })
            {
                Crls.Add(crl);
                return;
            }

            NotRead.Add(new("crl", "CRL that cannot be read"));
            return;
        }

        var info = new AsnReader(raw, AsnEncodingRules.BER).ReadSequence(Asn.Context(1));
        var format = Asn.ReadOid(info);
        var value = info.ReadEncodedValue();
        info.ThrowIfNotEmpty();
        var response = format switch
        {
            CmsOids.OcspResponse => OcspResponse.Parse(value).Value,
            CmsOids.OcspBasic => OcspResponse.Parse(WrapBasicResponse(value.Span)).Value,
            _ => null,
        };
        if (response is null)
        {
            NotRead.Add(new(format, "revocation data that cannot be read"));
        }
        else
        {
            OcspResponses.Add(response);
        }
    }
}
