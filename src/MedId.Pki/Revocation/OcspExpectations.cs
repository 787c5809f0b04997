using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>What an OCSP response has to fulfil, and what helps to judge it.</summary>
public sealed record OcspExpectations
{
    /// <summary>How old a response without nextUpdate may be when <see cref="MaxAge"/> says nothing and no nonce binds it to the moment.</summary>
    public static TimeSpan MaxAgeWithoutNextUpdate { get; } = TimeSpan.FromDays(1);

    /// <summary>Which algorithms may sign responses and the certificates of responders; asked for the reference time.</summary>
    public required AlgorithmPolicy Algorithms { get; init; }

    /// <summary>The nonce that was sent; null when none was.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; init; }

    /// <summary>Whether the response must repeat the nonce. Not by default: responders that answer from stock do not (RFC 5019 §4). A nonce that differs refuses always.</summary>
    public bool RequireNonce { get; init; }

    /// <summary>The oldest thisUpdate that counts; null for as long as the response says itself.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How far the responder's clock may be off; zero by default. It widens.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Whether a response from after the reference time counts.</summary>
    public bool AcceptLaterEvidence { get; init; }

    /// <summary>Certificates that may be the responder's where the response does not bring it; not trusted.</summary>
    public IReadOnlyList<Certificate> ResponderCertificates { get; init; } = [];

    /// <summary>Responders that are trusted here for this issuer's certificates, whoever issued theirs (RFC 6960 §4.2.2.2, local configuration).</summary>
    public IReadOnlyList<Certificate> TrustedResponders { get; init; } = [];

    /// <summary>What has to be known about the revocation of a delegated responder's certificate.</summary>
    public ResponderRevocation ResponderRevocation { get; init; }

    /// <summary>CRLs of the issuer, by which a delegated responder's certificate can be proven good.</summary>
    public IReadOnlyList<CertificateRevocationList> Crls { get; init; } = [];
}
