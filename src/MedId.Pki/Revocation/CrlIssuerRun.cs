namespace MedId.Pki;

/// <summary>From the entry at an offset on, the entries are about certificates of this issuer (RFC 5280 §5.3.3).</summary>
internal readonly record struct CrlIssuerRun(int Start, DistinguishedName Issuer);
