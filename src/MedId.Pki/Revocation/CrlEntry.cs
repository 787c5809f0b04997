namespace MedId.Pki;

/// <summary>What a CRL says about one serial number (RFC 5280 §5.1.2.6, §5.3).</summary>
/// <param name="RevokedAt">revocationDate.</param>
/// <param name="Reason">reasonCode; unspecified when the entry has none.</param>
/// <param name="InvalidityDate">Since when the key or certificate was doubtful, if the entry says so (§5.3.2).</param>
public readonly record struct CrlEntry(DateTimeOffset RevokedAt, CrlReason Reason, DateTimeOffset? InvalidityDate);
