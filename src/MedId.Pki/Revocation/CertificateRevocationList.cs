using System.Numerics;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>A certificate revocation list (RFC 5280 §5): complete, partitioned, indirect or delta. Read strictly, and trusted by nobody before its signature is checked.</summary>
/// <remarks>
/// Immutable and safe to use from any number of threads. It holds the bytes it was read from and an index of 5.4 bytes an entry; looking up a serial number
/// allocates nothing. Whether it may be believed is for <see cref="CrlChecker"/> and <see cref="PathValidator"/> to say.
/// </remarks>
public sealed class CertificateRevocationList
{
    private readonly CrlEntryIndex _index;
    private string? _sha256;
    private string? _verifiedBy;

    internal CertificateRevocationList(CrlFields fields)
    {
        _index = fields.Index;
        RawData = fields.RawData;
        TbsCertList = fields.TbsCertList;
        Signature = fields.Signature;
        SignatureAlgorithm = fields.SignatureAlgorithm;
        Issuer = fields.Issuer;
        ThisUpdate = fields.ThisUpdate;
        NextUpdate = fields.NextUpdate;
        Number = fields.Number;
        BaseNumber = fields.BaseNumber;
        IssuingDistributionPoint = fields.IssuingDistributionPoint;
        AuthorityKeyIdentifier = fields.AuthorityKeyIdentifier;
        FreshestCrl = fields.FreshestCrl;
        ExpiredCertificatesSince = fields.ExpiredCertificatesSince;
        HasUnknownCriticalExtension = fields.HasUnknownCriticalExtension || _index.HasUnknownCriticalExtension;
    }

    /// <summary>The whole CRL in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>What is signed.</summary>
    public ReadOnlyMemory<byte> TbsCertList { get; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>How it is signed; the same inside and outside of what is signed (§5.1.1.2).</summary>
    public AlgorithmIdentifier SignatureAlgorithm { get; }

    /// <summary>Who signed.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When the list was true.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one will be there at the latest.</summary>
    public DateTimeOffset NextUpdate { get; }

    /// <summary>cRLNumber (§5.2.3); null when there is none.</summary>
    public BigInteger? Number { get; }

    /// <summary>The number of the complete CRL that this delta begins at (§5.2.4); null on a complete CRL.</summary>
    public BigInteger? BaseNumber { get; }

    /// <summary>Whether this is a delta CRL, which says nothing without its complete CRL.</summary>
    public bool IsDelta => BaseNumber is not null;

    /// <summary>What the list is complete for; null when it is complete for its issuer's certificates.</summary>
    public IssuingDistributionPoint? IssuingDistributionPoint { get; }

    /// <summary>Which of the issuer's keys signed; null when it is not said.</summary>
    public AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; }

    /// <summary>Where deltas are published (§5.2.6); null when it is not said.</summary>
    public IReadOnlyList<DistributionPoint>? FreshestCrl { get; }

    /// <summary>Since when expired certificates stay on the list (X.509 expiredCertsOnCRL); null when they may leave it.</summary>
    public DateTimeOffset? ExpiredCertificatesSince { get; }

    /// <summary>Whether the list or one of its entries has a critical extension that is not understood; then it may not be used (§5.2, §5.3).</summary>
    public bool HasUnknownCriticalExtension { get; }

    /// <summary>How many entries it has.</summary>
    public int Count => _index.Count;

    /// <summary>SHA-256 of <see cref="RawData"/> in lower-case hex; computed when first asked for.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(RawData.Span));

    /// <summary>The memory that the index holds beside <see cref="RawData"/>, in bytes.</summary>
    public long IndexBytes => _index.IndexBytes;

    /// <summary>Reads a CRL.</summary>
    /// <param name="der">The whole CRL in DER, nothing after it. The bytes are kept, not copied: they must not change.</param>
    /// <param name="limits">How large it may be; null for <see cref="CrlLimits.Default"/>.</param>
    /// <returns>The list, or <c>crl.malformed</c> or <c>crl.too_large</c>.</returns>
    public static MedIdResult<CertificateRevocationList> Parse(ReadOnlyMemory<byte> der, CrlLimits? limits = null) =>
        CrlReader.Read(der, limits ?? CrlLimits.Default);

    /// <summary>Finds what the list says about a certificate of its own issuer.</summary>
    /// <param name="serialNumber">The content octets of the serial number, two's complement, exactly as in the certificate.</param>
    /// <param name="entry">What the list says; of two entries for one certificate the graver.</param>
    /// <returns>False when the list does not name the certificate.</returns>
    public bool TryFind(ReadOnlySpan<byte> serialNumber, out CrlEntry entry) => TryFind(serialNumber, Issuer, out entry);

    /// <summary>Finds what the list says about a certificate, also of another issuer where the list is indirect (§5.3.3).</summary>
    /// <param name="serialNumber">The content octets of the serial number.</param>
    /// <param name="certificateIssuer">The certificate's issuer.</param>
    /// <param name="entry">What the list says.</param>
    public bool TryFind(ReadOnlySpan<byte> serialNumber, DistinguishedName certificateIssuer, out CrlEntry entry)
    {
        ArgumentNullException.ThrowIfNull(certificateIssuer);
        return _index.TryFind(serialNumber, certificateIssuer, Issuer, out entry);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsDelta ? "delta CRL" : "CRL")} {Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "without number"}, {Count} entries";

    /// <summary>
    /// Whether the key signed this list. Which key did is remembered, for lists of many megabytes are asked about many certificates; the bytes cannot change.
    /// What policy thinks of the algorithm is not remembered.
    /// </summary>
    internal bool IsSignedBy(PublicKey key, SignatureAlgorithm algorithm)
    {
        var by = algorithm.Name + ' ' + key.Thumbprint;
        if (string.Equals(_verifiedBy, by, StringComparison.Ordinal))
        {
            return true;
        }

        if (!key.Verify(algorithm, TbsCertList.Span, Signature.Span))
        {
            return false;
        }

        _verifiedBy = by;
        return true;
    }
}
