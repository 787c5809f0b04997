using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>A request for a time-stamp (RFC 3161 §2.4.1), with a fresh nonce, asking for the authority's certificate.</summary>
public sealed class TimestampRequest
{
    /// <summary>The media type of <see cref="RawData"/> over HTTP (RFC 3161 §3.4).</summary>
    public const string MediaType = "application/timestamp-query";

    private const int NonceLength = 16;

    private TimestampRequest(DigestAlgorithm digest, byte[] imprint, string? policyOid, byte[] nonce)
    {
        (DigestAlgorithm, Imprint, PolicyOid, Nonce) = (digest, imprint, policyOid, nonce);
        RawData = Write();
    }

    /// <summary>The imprint's hash.</summary>
    public DigestAlgorithm DigestAlgorithm { get; }

    /// <summary>The digest of what is to be stamped; the data itself does not leave.</summary>
    public ReadOnlyMemory<byte> Imprint { get; }

    /// <summary>The policy asked for; null: the service's own choice.</summary>
    public string? PolicyOid { get; }

    /// <summary>The content octets of the nonce.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>The request in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Makes a request for data.</summary>
    /// <param name="data">What is to be stamped; hashed here.</param>
    /// <param name="digest">The hash; SHA-256 when null. Not SHA-1.</param>
    /// <param name="policyOid">The policy to ask for; null: the service's own choice.</param>
    /// <exception cref="ArgumentException">The hash is weak.</exception>
    public static TimestampRequest Create(ReadOnlySpan<byte> data, DigestAlgorithm? digest = null, string? policyOid = null)
    {
        digest ??= DigestAlgorithm.Sha256;
        if (digest.IsWeak)
        {
            throw new ArgumentException("A weak hash cannot be stamped.", nameof(digest));
        }

        // A positive number of exactly this length, so that it is its own shortest form.
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        nonce[0] = (byte)((nonce[0] & 0x3F) | 0x40);
        return new(digest, digest.Compute(data), policyOid, nonce);
    }

    private byte[] Write() => CmsWriter.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(1);
            using (w.PushSequence())
            {
                // RFC 5754 §2 leaves the parameters of SHA-2 out; services in use also ask for the NULL of RFC 3370, and all take it.
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(DigestAlgorithm.Oid);
                    w.WriteNull();
                }

                w.WriteOctetString(Imprint.Span);
            }

            if (PolicyOid is not null)
            {
                w.WriteObjectIdentifier(PolicyOid);
            }

            w.WriteInteger(Nonce.Span);
            w.WriteBoolean(true);
        }
    });
}
