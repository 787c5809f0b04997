namespace MedId.Pki;

/// <summary>One extension as it stands (RFC 5280 §4.2).</summary>
/// <param name="Oid">Which extension, dotted.</param>
/// <param name="Critical">Whether who does not understand it has to refuse.</param>
/// <param name="Value">The DER inside <c>extnValue</c>.</param>
public sealed record CertificateExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value);
