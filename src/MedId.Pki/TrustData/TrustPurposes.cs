namespace MedId.Pki;

/// <summary>What a root is trusted for. A root of one purpose is none for another.</summary>
public static class TrustPurposes
{
    /// <summary>JPKI, signing certificates.</summary>
    public const string JpkiSignature = "jpki.sign";

    /// <summary>JPKI, user-authentication certificates.</summary>
    public const string JpkiAuthentication = "jpki.auth";

    /// <summary>HPKI, every use.</summary>
    public const string Hpki = "hpki";

    /// <summary>The signer of the FIDO metadata BLOB.</summary>
    public const string FidoMetadata = "fido.mds";
}
