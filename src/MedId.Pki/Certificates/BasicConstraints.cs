namespace MedId.Pki;

/// <summary>Whether the subject is a CA, and how many CAs may stand below it (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsCa">Whether the subject may issue certificates.</param>
/// <param name="PathLength">How many certificates that are not self-issued may stand between this one and the target; null for no limit.</param>
public sealed record BasicConstraints(bool IsCa, int? PathLength);
