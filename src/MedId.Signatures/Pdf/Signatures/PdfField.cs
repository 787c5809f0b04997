namespace MedId.Signatures;

/// <summary>A signature field with a signature.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Dictionary">The signature dictionary.</param>
internal sealed record PdfField(string Name, PdfDictionary Dictionary);
