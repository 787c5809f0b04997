namespace MedId.Signatures;

/// <summary>Where a signature stands to what it signs (XML-DSig §2, EN 319 132-1 §4).</summary>
public enum XmlSignatureForm
{
    /// <summary>Inside the document, over all of it but itself.</summary>
    Enveloped = 0,

    /// <summary>Around the document: its root comes into an Object of the signature.</summary>
    Enveloping = 1,

    /// <summary>Inside the document, over elements beside it that are named by their identifiers, as in electronic prescriptions.</summary>
    Detached = 2,
}
