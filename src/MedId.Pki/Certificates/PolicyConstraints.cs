namespace MedId.Pki;

/// <summary>After how many further certificates a policy is required or mapping forbidden (RFC 5280 §4.2.1.11).</summary>
/// <param name="RequireExplicitPolicy">Certificates until a valid policy is required; null when it is not said.</param>
/// <param name="InhibitPolicyMapping">Certificates until mapping is forbidden; null when it is not said.</param>
public sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping);
