using MedId.Pki;

namespace MedId.Signatures;

/// <summary>How a CMS signature is made.</summary>
public sealed record CmsSigningOptions
{
    /// <summary>What is used where nothing is given: detached, with signing time, CAdES B-B.</summary>
    public static CmsSigningOptions Default { get; } = new();

    /// <summary>Whether the content goes inside. False by default (detached).</summary>
    public bool Attached { get; init; }

    /// <summary>What the content is; id-data by default.</summary>
    public string ContentType { get; init; } = CmsOids.Data;

    /// <summary>Whether signingTime is left out, as PAdES asks (EN 319 142-1 §6.3); CAdES B-B asks for it.</summary>
    public bool OmitSigningTime { get; init; }

    /// <summary>Whether digest and signature algorithm are protected by a signed attribute (RFC 6211). True by default.</summary>
    public bool ProtectAlgorithms { get; init; } = true;

    /// <summary>Whether the certificate is named by its subject key identifier instead of issuer and serial number.</summary>
    public bool NameBySubjectKeyIdentifier { get; init; }

    /// <summary>Certificates put in besides the signer's own, e.g. those of the path.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Further signed attributes, their values in DER; none that is written anyway.</summary>
    public IReadOnlyList<CmsAttribute> SignedAttributes { get; init; } = [];
}
