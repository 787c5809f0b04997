using MedId.Signatures;

namespace MedId.Hpki;

/// <summary>One signer of a document.</summary>
/// <param name="Report">What was found out about the signature: what it covers, when it was there.</param>
/// <param name="Certificate">What was decided about the certificate, at the time that the signature is judged for; null when the signature did not stand.</param>
/// <param name="Role">The role by which the signer may sign documents of the type; null when none was asked for, or there is none.</param>
public sealed record HpkiDocumentSigner(SignerReport Report, HpkiDecision? Certificate, HpkiRole? Role);
