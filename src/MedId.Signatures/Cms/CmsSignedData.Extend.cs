using System.Formats.Asn1;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <content>Lifting a signature to B-T and B-LT without touching what was signed.</content>
public sealed partial class CmsSignedData
{
    /// <summary>The request for a time-stamp over a signer's signature (EN 319 122-1 §5.3: over the content octets of the signature value).</summary>
    /// <param name="signer">Which signer, from 0.</param>
    /// <param name="digest">The imprint's hash; SHA-256 when null.</param>
    /// <param name="policyOid">The policy to ask for; null: the service's own choice.</param>
    public TimestampRequest CreateTimestampRequest(int signer = 0, DigestAlgorithm? digest = null, string? policyOid = null) =>
        TimestampRequest.Create(Signers[signer].Signature.Span, digest, policyOid);

    /// <summary>This structure with a time-stamp over a signer's signature (B-T).</summary>
    /// <param name="token">The token, as <see cref="TimestampResponse.Accept"/> gave it.</param>
    /// <param name="signer">Which signer, from 0.</param>
    /// <returns>The new structure.</returns>
    /// <exception cref="ArgumentException">The token is over something else.</exception>
    public byte[] AddTimestamp(TimestampToken token, int signer = 0)
    {
        ArgumentNullException.ThrowIfNull(token);
        var info = Signers[signer];
        if (token.Info.ImprintAlgorithm is not { } algorithm || !algorithm.Compute(info.Signature.Span).AsSpan().SequenceEqual(token.Info.Imprint.Span))
        {
            throw new ArgumentException("The time-stamp is not over this signer's signature.", nameof(token));
        }

        return AddUnsigned(signer, CmsWriter.Attribute(CmsOids.SignatureTimestamp, [token.RawData]));
    }

    /// <summary>
    /// This structure with certificates, CRLs and OCSP responses (B-LT, EN 319 122-1 §6.3): for the paths of signer and time-stamp. What is there already is not
    /// added again.
    /// </summary>
    /// <param name="evidence">What a verification used.</param>
    /// <returns>The new structure.</returns>
    public byte[] AddEvidence(PathEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var certificates = Union(RawCertificates, evidence.Certificates.Select(c => c.RawData));
        var revocation = Union(RawRevocationInfos, evidence.Crls.Select(c => c.RawData).Concat(evidence.OcspResponses.Select(o => (ReadOnlyMemory<byte>)WriteOcsp(o))));

        // RFC 5652 §5.1: revocation data of another format than a CRL makes it version 5.
        var version = evidence.OcspResponses.Count > 0 ? 5 : Version;
        return CmsWriter.Write(version, RawDigestAlgorithms, RawEncapsulatedContent, certificates, revocation, [.. Signers.Select(s => s.RawData)]);
    }

    /// <summary>RFC 5940 §2: the whole OCSPResponse under id-ri-ocsp-response.</summary>
    private static byte[] WriteOcsp(OcspResponse response) => CmsWriter.Encode(w =>
    {
        using (w.PushSequence(Asn.Context(1)))
        {
            w.WriteObjectIdentifier(CmsOids.OcspResponse);
            w.WriteEncodedValue(response.RawData.Span);
        }
    });

    private static List<ReadOnlyMemory<byte>> Union(IReadOnlyList<ReadOnlyMemory<byte>> present, IEnumerable<ReadOnlyMemory<byte>> added)
    {
        var seen = present.Select(e => Convert.ToHexString(e.Span)).ToHashSet(StringComparer.Ordinal);
        return CmsWriter.SortedAs(present, present.Concat(added.Where(e => seen.Add(Convert.ToHexString(e.Span)))));
    }

    private byte[] AddUnsigned(int signer, byte[] attribute)
    {
        var info = Signers[signer];
        var attributes = CmsWriter.SortedAs(info.RawUnsignedAttributes, info.RawUnsignedAttributes.Append(attribute));
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            foreach (var part in info.SignedParts)
            {
                writer.WriteEncodedValue(part.Span);
            }

            using (writer.PushSetOf(Asn.Context(1)))
            {
                foreach (var element in attributes)
                {
                    writer.WriteEncodedValue(element.Span);
                }
            }
        }

        ReadOnlyMemory<byte> changed = writer.Encode();
        List<ReadOnlyMemory<byte>> original = [.. Signers.Select(s => s.RawData)];
        return CmsWriter.Write(
            Version, RawDigestAlgorithms, RawEncapsulatedContent, RawCertificates, RawRevocationInfos, CmsWriter.SortedAs(original, original.Select((s, i) => i == signer ? changed : s)));
    }
}
