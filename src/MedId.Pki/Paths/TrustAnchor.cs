using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>A key that is trusted under a name (RFC 5280 §6.1.1 (d)). Several anchors may share a name: JPKI has three roots of one name and different keys.</summary>
public sealed class TrustAnchor
{
    private TrustAnchor(DistinguishedName name, PublicKey? publicKey, Certificate? certificate, string? label)
    {
        Name = name;
        PublicKey = publicKey;
        Certificate = certificate;
        Label = label;
        SubjectPublicKeyInfo = certificate?.SubjectPublicKeyInfo ?? publicKey!.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The name under which it issues.</summary>
    public DistinguishedName Name { get; }

    /// <summary>The key that is trusted; null when the anchor's certificate has a key of a kind or size that is not used here, and then nothing verifies with it.</summary>
    public PublicKey? PublicKey { get; }

    /// <summary>The key in DER.</summary>
    internal ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The certificate that the anchor came in; null when it was given as name and key.</summary>
    public Certificate? Certificate { get; }

    /// <summary>What an operator calls it; in logs and answers.</summary>
    public string? Label { get; }

    /// <summary>Trusts the subject of a certificate, self-signed or not. The certificate's own signature is not asked for.</summary>
    /// <param name="certificate">The certificate; how much of it binds is said by <see cref="PathPolicy.CheckAnchorValidity"/> and <see cref="PathPolicy.ApplyAnchorConstraints"/>.</param>
    /// <param name="label">What an operator calls it.</param>
    public static TrustAnchor FromCertificate(Certificate certificate, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(certificate.Subject, IssuerKeys.Read(certificate.SubjectPublicKeyInfo.Span), certificate, label);
    }

    /// <summary>Trusts a key under a name.</summary>
    /// <param name="name">The name under which it issues.</param>
    /// <param name="publicKey">The key.</param>
    /// <param name="label">What an operator calls it.</param>
    public static TrustAnchor FromNameAndKey(DistinguishedName name, PublicKey publicKey, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(publicKey);
        return new(name, publicKey, null, label);
    }

    /// <inheritdoc/>
    public override string ToString() => Label ?? Certificate?.ToString() ?? $"anchor {PublicKey}";
}
