using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>The certificates that a BLOB names for its signer. FIDO MDS 3.0 §3.1.7, §3.2; RFC 7515 §4.1.5, §4.1.6.</summary>
internal static class SignerCertificates
{
    public const int Most = 10;

    public static MedIdResult<IReadOnlyList<Certificate>> Find(JoseHeader header, MetadataBlobRules rules)
    {
        if (header.Members.TryGetProperty("x5u"u8, out var address))
        {
            return AtAddress(address, rules);
        }

        return header.Members.TryGetProperty("x5c"u8, out var certificates)
            ? Read(certificates)
            : new MedIdError(
                MetadataErrorCodes.CertificatesMissing, ErrorCategory.Unsupported, MetadataSections.Processing, "neither x5c nor x5u; a root that signs by itself is not accepted");
    }

    // §3.2 step 2: the address has the origin of the BLOB's own.
    public static Uri? AddressOnOrigin(JsonElement address, Uri? blob) =>
        address.ValueKind == JsonValueKind.String
        && Uri.TryCreate(address.GetString(), UriKind.Absolute, out var uri)
        && blob is { IsAbsoluteUri: true }
        && uri.Fragment.Length == 0
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), blob.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            ? uri
            : null;

    private static MedIdResult<IReadOnlyList<Certificate>> AtAddress(JsonElement address, MetadataBlobRules rules)
    {
        if (!rules.AllowCertificateAddress)
        {
            return Refuse("x5u is not allowed here");
        }

        if (AddressOnOrigin(address, rules.Address) is null)
        {
            return Refuse("x5u is not on the origin of the BLOB");
        }

        return rules.FetchedCertificates.Count > 0
            ? new List<Certificate>(rules.FetchedCertificates)
            : new MedIdError(MetadataErrorCodes.CertificateAddressUnread, ErrorCategory.State, MetadataSections.Processing, "the certificates at x5u were not fetched");
    }

    private static MedIdResult<IReadOnlyList<Certificate>> Read(JsonElement x5c)
    {
        if (x5c.ValueKind != JsonValueKind.Array || x5c.GetArrayLength() is 0 or > Most)
        {
            return Malformed("x5c has 1 to 10 certificates");
        }

        var certificates = new List<Certificate>(x5c.GetArrayLength());
        foreach (var item in x5c.EnumerateArray())
        {
            // RFC 7515 §4.1.6: base64, not base64url.
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { Length: > 0 and <= Certificate.MaxBytes * 4 / 3 } text)
            {
                return Malformed("x5c is base64 of DER");
            }

            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length) || Certificate.Parse(bytes.AsMemory(0, length)) is not { Succeeded: true, Value: { } certificate })
            {
                return Malformed("x5c is base64 of DER");
            }

            certificates.Add(certificate);
        }

        return certificates;
    }

    private static MedIdError Malformed(string detail) => new(MetadataErrorCodes.BlobMalformed, ErrorCategory.Malformed, "RFC 7515 §4.1.6", detail);

    private static MedIdError Refuse(string detail) => new(MetadataErrorCodes.CertificateAddressRefused, ErrorCategory.Policy, MetadataSections.Processing, detail);
}
