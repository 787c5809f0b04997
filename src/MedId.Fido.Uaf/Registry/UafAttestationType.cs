namespace MedId.Fido.Uaf;

/// <summary>How a registration proves the model of its authenticator: tags of UAF registry §3.</summary>
public enum UafAttestationType : ushort
{
    /// <summary>Signed by a key whose certificate the metadata of the model names.</summary>
    BasicFull = 0x3E07,

    /// <summary>Signed by the new key itself: proves possession, not the model.</summary>
    BasicSurrogate = 0x3E08,

    /// <summary>Direct anonymous attestation. Known, not verified by this library.</summary>
    Ecdaa = 0x3E09,
}
