namespace MedId.Pki;

/// <summary>What kind of evidence decided about a certificate's revocation.</summary>
public enum EvidenceSourceKind
{
    /// <summary>A complete CRL (complete for its scope).</summary>
    Crl,

    /// <summary>A delta CRL on top of a complete one.</summary>
    DeltaCrl,

    /// <summary>An OCSP response.</summary>
    Ocsp,
}
