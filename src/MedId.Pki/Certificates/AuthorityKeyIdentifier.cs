namespace MedId.Pki;

/// <summary>A hint which key signed (RFC 5280 §4.2.1.1). It orders candidates and decides nothing.</summary>
/// <param name="KeyIdentifier">The signer's subjectKeyIdentifier; null when it is not said.</param>
/// <param name="Issuer">The names of the issuer of the signer's certificate; null when they are not said.</param>
/// <param name="SerialNumber">The serial number of the signer's certificate, two's complement; null when it is not said.</param>
public sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte>? KeyIdentifier, IReadOnlyList<GeneralName>? Issuer, ReadOnlyMemory<byte>? SerialNumber);
