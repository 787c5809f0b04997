using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The certificates and revocation data that one signature brings along, parsed; what cannot be read proves nothing and is reported.</summary>
/// <param name="KeyInfo">The certificates of KeyInfo.</param>
/// <param name="Evidence">These, and the values of the unsigned properties.</param>
/// <param name="NotJudged">What was not read or is not judged.</param>
internal sealed record XadesEvidence(IReadOnlyList<Certificate> KeyInfo, PathEvidence Evidence, IReadOnlyList<UnjudgedElement> NotJudged)
{
    public static XadesEvidence Read(XmlSignatureMarkup markup, XadesProperties? properties)
    {
        var notJudged = new List<UnjudgedElement>(properties?.NotJudged ?? []);
        var keyInfo = Parse(markup.Certificates, d => Certificate.Parse(d).Value, "X509Certificate", notJudged);
        return new(
            keyInfo,
            new()
            {
                Certificates = [.. keyInfo, .. Parse(properties?.Certificates ?? [], d => Certificate.Parse(d).Value, "EncapsulatedX509Certificate", notJudged)],
                Crls = Parse(properties?.Crls ?? [], d => CertificateRevocationList.Parse(d).Value, "EncapsulatedCRLValue", notJudged),
                OcspResponses = Parse(properties?.OcspResponses ?? [], ParseOcsp, "EncapsulatedOCSPValue", notJudged),
            },
            notJudged);
    }

    // EN 319 132-1 §5.4.2 has the OCSPResponse; older documents have the BasicOCSPResponse inside it alone.
    private static OcspResponse? ParseOcsp(byte[] der) => OcspResponse.Parse(der).Value ?? OcspResponse.Parse(CmsEmbeddedEvidence.WrapBasicResponse(der)).Value;

    private static List<T> Parse<T>(IEnumerable<byte[]> values, Func<byte[], T?> parse, string name, List<UnjudgedElement> notJudged)
        where T : class
    {
        var parsed = new List<T>();
        foreach (var value in values)
        {
            if (parse(value) is { } one)
            {
                parsed.Add(one);
            }
            else
            {
                notJudged.Add(new(name, "value that cannot be read"));
            }
        }

        return parsed;
    }
}
