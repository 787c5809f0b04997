namespace MedId.Pki;

/// <summary>A policy under which a certificate was issued (RFC 5280 §4.2.1.4).</summary>
/// <param name="Oid">The policy.</param>
/// <param name="Qualifiers">What the CA says about it; usually empty.</param>
public sealed record PolicyInformation(string Oid, IReadOnlyList<PolicyQualifier> Qualifiers)
{
    /// <summary>anyPolicy: every policy (RFC 5280 §4.2.1.4).</summary>
    public const string AnyPolicy = "2.5.29.32.0";
}
