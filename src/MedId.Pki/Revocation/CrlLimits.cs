namespace MedId.Pki;

/// <summary>How large a CRL may be before anything is allocated for it.</summary>
public sealed record CrlLimits
{
    /// <summary>64 MiB and two million entries: ten times what is known of national CRLs.</summary>
    public static CrlLimits Default { get; } = new();

    /// <summary>The most bytes of one CRL; 64 MiB when not set.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most entries of one CRL; two million when not set. An entry costs 5.4 bytes beside its own.</summary>
    public int MaxEntries { get; init; } = 2_000_000;

    /// <summary>How often an indirect CRL may change the certificate issuer (RFC 5280 §5.3.3); ten thousand when not set.</summary>
    public int MaxCertificateIssuers { get; init; } = 10_000;
}
