namespace MedId.Fido.Metadata;

/// <summary>How a model proves itself when a key is registered: numbers of the FIDO registry of predefined values §3.6.3.</summary>
public enum FidoAttestationType : ushort
{
    /// <summary><c>basic_full</c>: signed by a key whose certificate the metadata names.</summary>
    BasicFull = 0x3E07,

    /// <summary><c>basic_surrogate</c>: signed by the new key itself: proves possession, not the model.</summary>
    BasicSurrogate = 0x3E08,

    /// <summary><c>ecdaa</c>: direct anonymous attestation.</summary>
    Ecdaa = 0x3E09,

    /// <summary><c>attca</c>: by an attestation authority. The number is contested between published editions; version 3 names it and carries no number.</summary>
    AttestationAuthority = 0x3E0A,

    /// <summary><c>none</c>.</summary>
    None = 0x3E0B,

    /// <summary><c>anonca</c>: by an anonymisation authority.</summary>
    AnonymizationAuthority = 0x3E0C,
}
