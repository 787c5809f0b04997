namespace MedId.Hpki;

/// <summary>Document types of the trust data that ships. Others are names of the operator's own trust data.</summary>
public static class HpkiDocumentTypes
{
    /// <summary>An electronic prescription (処方箋): the signature <c>PrescriptionSign</c>.</summary>
    public const string Prescription = "prescription";

    /// <summary>The result of dispensing (調剤結果): the signature <c>DispensingSign</c>.</summary>
    public const string Dispensing = "dispensing";
}
