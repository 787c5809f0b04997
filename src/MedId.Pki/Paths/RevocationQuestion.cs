using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>What a path asks about one of its certificates, once its signatures and all else of RFC 5280 §6.1 stand.</summary>
internal sealed class RevocationQuestion
{
    /// <summary>The certificate that is asked about.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The path, target first, without the anchor.</summary>
    public required IReadOnlyList<Certificate> Path { get; init; }

    /// <summary>Where the certificate stands in the path; 0 is the target.</summary>
    public required int Index { get; init; }

    /// <summary>The anchor above the path. Whoever signs the evidence has to come from the same one (§6.3.3 (f)).</summary>
    public required TrustAnchor Anchor { get; init; }

    /// <summary>The key that signed the certificate.</summary>
    public required PublicKey IssuerKey { get; init; }

    /// <summary>The certificate of that key; null when the key is the anchor's and the anchor is a name and a key.</summary>
    public Certificate? IssuerCertificate => Index + 1 < Path.Count ? Path[Index + 1] : Anchor.Certificate;

    /// <summary>Everything that was gathered.</summary>
    public required PathEvidence Evidence { get; init; }

    /// <summary>What has to be fulfilled.</summary>
    public required PathPolicy Policy { get; init; }

    /// <summary>The reference time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Validates the certificate of another CRL issuer or responder up to the same anchor, with its own revocation as far as the policy's chain requirement asks; null
    /// when it is being asked about already or stands too deep. Its keyUsage and extKeyUsage are the caller's to check. Work is counted over the whole validation.
    /// </summary>
    public required Func<Certificate, PathDecision?> ValidateSigner { get; init; }
}
