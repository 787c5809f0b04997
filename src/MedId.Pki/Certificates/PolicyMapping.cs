namespace MedId.Pki;

/// <summary>A policy of the issuing CA and the policy of the subject CA that it takes for equivalent (RFC 5280 §4.2.1.5).</summary>
/// <param name="IssuerDomainPolicy">The issuer's policy.</param>
/// <param name="SubjectDomainPolicy">The subject's policy.</param>
public sealed record PolicyMapping(string IssuerDomainPolicy, string SubjectDomainPolicy);
