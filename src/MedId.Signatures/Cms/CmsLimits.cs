namespace MedId.Signatures;

/// <summary>How much of a stranger's CMS structure is read. What is larger is refused before anything is allocated for it.</summary>
public sealed record CmsLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static CmsLimits Default { get; } = new();

    /// <summary>Bytes of the whole structure, its content included. 64 MiB.</summary>
    public int MaxBytes { get; init; } = 64 << 20;

    /// <summary>Certificates of any kind. 64.</summary>
    public int MaxCertificates { get; init; } = 64;

    /// <summary>CRLs and OCSP responses together. 64.</summary>
    public int MaxRevocationInfos { get; init; } = 64;

    /// <summary>SignerInfo structures. 16.</summary>
    public int MaxSigners { get; init; } = 16;

    /// <summary>Attributes of one signer, signed and unsigned each; values of one attribute. 64.</summary>
    public int MaxAttributes { get; init; } = 64;

    /// <summary>Bytes of one signer's signed attributes. 4 MiB.</summary>
    public int MaxSignedAttributeBytes { get; init; } = 4 << 20;

    /// <summary>Time-stamps of one signer, each of which costs a path. 8.</summary>
    public int MaxTimestamps { get; init; } = 8;
}
