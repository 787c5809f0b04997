namespace MedId.Signatures;

/// <summary>A SignatureTimeStamp (EN 319 132-1 §5.3): tokens over the canonical SignatureValue element.</summary>
/// <param name="Form">How SignatureValue is canonicalised.</param>
/// <param name="Tokens">RFC 3161 tokens in DER.</param>
internal sealed record XadesTimestamp(XmlCanonicalForm Form, IReadOnlyList<byte[]> Tokens);
