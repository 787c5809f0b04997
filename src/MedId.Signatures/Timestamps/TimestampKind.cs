namespace MedId.Signatures;

/// <summary>What a time-stamp is over.</summary>
public enum TimestampKind
{
    /// <summary>A signature's value: proves that the signature was there (signatureTimeStamp).</summary>
    Signature = 0,

    /// <summary>Content, before it was signed (contentTimeStamp, AllDataObjectsTimeStamp).</summary>
    Content = 1,

    /// <summary>A whole revision of a document (PDF DocTimeStamp).</summary>
    Document = 2,
}
