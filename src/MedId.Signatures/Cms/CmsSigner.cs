using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Makes CAdES B-B signatures (EN 319 122-1 §6.3) in DER with a key wherever it lives: in this process, in a card, in a service.</summary>
/// <remarks>Add a time-stamp by <see cref="CmsSignedData.AddTimestamp"/> (B-T) and validation data by <see cref="CmsSignedData.AddEvidence"/> (B-LT).</remarks>
public sealed class CmsSigner
{
    private readonly SigningKey _key;
    private readonly Certificate _certificate;
    private readonly SignatureAlgorithm _algorithm;
    private readonly DigestAlgorithm _digest;
    private readonly TimeProvider _clock;

    /// <summary>Signs with a key and the certificate of its public half.</summary>
    /// <param name="key">The key.</param>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="clock">Gives the signing time; the system's when null.</param>
    /// <exception cref="ArgumentException">The certificate is another key's, or CMS has no name for the key's algorithm.</exception>
    public CmsSigner(SigningKey key, Certificate certificate, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(certificate);
        var publicKey = certificate.ReadPublicKey();
        if (!publicKey.Succeeded || !publicKey.Value.Equals(key.PublicKey))
        {
            throw new ArgumentException("The certificate is not one for this key.", nameof(certificate));
        }

        (_key, _certificate, _clock) = (key, certificate, clock ?? TimeProvider.System);
        _algorithm = CmsAlgorithms.Find(key.Algorithm) ?? throw new ArgumentException($"CMS has no name for {key.Algorithm}.", nameof(key));
        _digest = DigestAlgorithm.All.First(d => d.Hash == _algorithm.Hash);
    }

    /// <summary>Signs content.</summary>
    /// <param name="content">What is signed.</param>
    /// <param name="options">How; <see cref="CmsSigningOptions.Default"/> when null.</param>
    /// <param name="cancellationToken">Stops waiting for the key.</param>
    /// <returns>A ContentInfo with SignedData in DER.</returns>
    /// <exception cref="CryptographicException">What the key returned is not its signature.</exception>
    public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> content, CmsSigningOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= CmsSigningOptions.Default;
        var attributes = WriteAttributes(content.Span, options);
        var made = await _key.SignAsync(attributes, cancellationToken).ConfigureAwait(false);

        // A card that was exchanged meanwhile, or a fault in it, must not put a wrong signature into the world.
        if (!_key.PublicKey.Verify(_key.Algorithm, attributes, made))
        {
            throw new CryptographicException("The key returned something that is not its signature.");
        }

        var signer = WriteSigner(attributes, CmsAlgorithms.ToCms(_key.Algorithm, made), options);
        return CmsWriter.Write(
            Version(options),
            CmsWriter.SetOf([CmsAlgorithms.Identifier(_digest)]),
            WriteContent(content.Span, options),
            CmsWriter.Sorted(options.Certificates.Append(_certificate).DistinctBy(c => c.Sha256, StringComparer.Ordinal).Select(c => c.RawData)),
            [],
            [signer]);
    }

    private static byte[] WriteContent(ReadOnlySpan<byte> content, CmsSigningOptions options)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(options.ContentType);
            if (options.Attached)
            {
                using (writer.PushSequence(Asn.Context(0)))
                {
                    writer.WriteOctetString(content);
                }
            }
        }

        return writer.Encode();
    }

    private static int Version(CmsSigningOptions options) =>
        options.NameBySubjectKeyIdentifier || !string.Equals(options.ContentType, CmsOids.Data, StringComparison.Ordinal) ? 3 : 1;

    /// <summary>The signed attributes as they are signed: DER, with the tag of a set (RFC 5652 §5.4).</summary>
    private byte[] WriteAttributes(ReadOnlySpan<byte> content, CmsSigningOptions options)
    {
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [CmsOids.ContentTypeAttribute] = CmsWriter.Encode(w => w.WriteObjectIdentifier(options.ContentType)),
            [CmsOids.SigningCertificateV2] = EssCertificateId.Write(_certificate, _digest),
        };
        var digest = _digest.Compute(content);
        attributes[CmsOids.MessageDigest] = CmsWriter.Encode(w => w.WriteOctetString(digest));
        if (!options.OmitSigningTime)
        {
            attributes[CmsOids.SigningTime] = CmsWriter.Time(_clock.GetUtcNow());
        }

        if (options.ProtectAlgorithms)
        {
            attributes[CmsOids.AlgorithmProtection] = WriteProtection();
        }

        var all = attributes.Select(a => CmsWriter.Attribute(a.Key, [a.Value])).ToList();
        foreach (var extra in options.SignedAttributes)
        {
            if (!attributes.TryAdd(extra.Oid, []))
            {
                throw new ArgumentException($"The attribute {extra.Oid} is there already.", nameof(options));
            }

            all.Add(CmsWriter.Attribute(extra.Oid, extra.Values));
        }

        return CmsWriter.SetOf(all);
    }

    /// <summary>RFC 6211 §2.</summary>
    private byte[] WriteProtection()
    {
        var signature = _algorithm.ExportX509AlgorithmIdentifier();
        signature[0] = 0xA1;
        return CmsWriter.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEncodedValue(CmsAlgorithms.Identifier(_digest));
                w.WriteEncodedValue(signature);
            }
        });
    }

    private byte[] WriteSigner(byte[] attributes, byte[] signature, CmsSigningOptions options) => CmsWriter.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(options.NameBySubjectKeyIdentifier ? 3 : 1);
            if (options.NameBySubjectKeyIdentifier)
            {
                var identifier = _certificate.Extensions.SubjectKeyIdentifier ?? throw new ArgumentException("The certificate has no subject key identifier.", nameof(options));
                w.WriteOctetString(identifier.Span, Asn.Context(0, constructed: false));
            }
            else
            {
                using (w.PushSequence())
                {
                    w.WriteEncodedValue(_certificate.Issuer.RawData.Span);
                    w.WriteInteger(_certificate.SerialNumber.Span);
                }
            }

            w.WriteEncodedValue(CmsAlgorithms.Identifier(_digest));
            w.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            w.WriteEncodedValue(_algorithm.ExportX509AlgorithmIdentifier());
            w.WriteOctetString(signature);
        }
    });
}
