namespace MedId.Testing;

/// <summary>One revocation of a <see cref="TestAuthority"/>.</summary>
/// <param name="SerialNumber">Content octets of the serial number.</param>
/// <param name="At">Since when.</param>
/// <param name="Reason">CRLReason (RFC 5280 §5.3.1), when one is said.</param>
public sealed record TestRevocation(byte[] SerialNumber, DateTimeOffset At, int? Reason);
