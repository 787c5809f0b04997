namespace MedId.Jpki.Certificates;

/// <summary>Why a certificate is checked; recorded with each check, because it is reported and charged apart.</summary>
public enum JpkiCheckPurpose
{
    /// <summary>署名検証: a signature or sign-in was received.</summary>
    Signature,

    /// <summary>現況確認: a certificate accepted before is asked about again, without the person.</summary>
    Liveness,
}
