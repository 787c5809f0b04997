using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The document security store (EN 319 142-1 §5.4.2): certificates and revocation data; each is signed by itself, so who put it there decides nothing.</summary>
internal static class PdfSecurityStore
{
    private const int MaxValues = 256;

    public static PathEvidence Read(PdfFile file)
    {
        var last = file.Revisions.Count - 1;
        var catalog = file.Resolve(last, file.Revisions[last].Trailer["Root"]) as PdfDictionary;
        return file.Resolve(last, catalog?["DSS"]) is not PdfDictionary store
            ? PathEvidence.Empty
            : new()
            {
                Certificates = Values(file, last, store["Certs"], b => Certificate.Parse(b).Value),
                Crls = Values(file, last, store["CRLs"], b => CertificateRevocationList.Parse(b).Value),
                OcspResponses = Values(file, last, store["OCSPs"], b => OcspResponse.Parse(b).Value),
            };
    }

    private static List<T> Values<T>(PdfFile file, int revision, PdfValue? array, Func<byte[], T?> parse)
        where T : class
    {
        var items = (file.Resolve(revision, array) as PdfArray)?.Items ?? [];
        if (items.Count > MaxValues)
        {
            throw PdfSyntaxException.Limit("the document security store has too many values");
        }

        return [.. items.Select(i => file.Resolve(revision, i)).OfType<PdfStream>().Select(file.Inflate).Select(parse).OfType<T>()];
    }
}
