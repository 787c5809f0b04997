namespace MedId.Testing;

/// <summary>How a software authenticator proves its model.</summary>
public enum SoftwareUafAttestation
{
    /// <summary>Basic surrogate: the new key signs its own registration.</summary>
    Surrogate,

    /// <summary>Basic full with an attestation certificate that stands in the metadata itself.</summary>
    PinnedCertificate,

    /// <summary>Basic full with an attestation certificate that a certificate of the metadata issued.</summary>
    IssuedCertificate,

    /// <summary>Basic full over two authorities: the metadata names the root, the authenticator sends the authorities along.</summary>
    IssuedOverAuthorities,

    /// <summary>The same, and the metadata names the lower authority alone.</summary>
    IssuedUnderPinnedAuthority,
}
