namespace MedId.Jpki.Certificates;

/// <summary>How an application form is signed.</summary>
public enum FormSignatureFormat
{
    /// <summary>A bare signature of the card over the document's bytes: RSASSA-PKCS1-v1_5, or ECDSA in DER.</summary>
    Pkcs1,

    /// <summary>CMS: with the document inside, or beside it.</summary>
    Cms,

    /// <summary>XML Signature inside the document.</summary>
    Xml,
}
