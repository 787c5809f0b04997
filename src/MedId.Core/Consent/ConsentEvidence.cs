namespace MedId.Core;

/// <summary>Evidence that was judged for a decision; its digest, not itself.</summary>
/// <param name="Kind">What it is, e.g. <c>trust-statement</c> or <c>face-to-face</c>.</param>
/// <param name="Issuer">Who signed or took it.</param>
/// <param name="Digest">base64url of the SHA-256 of the evidence as it was received.</param>
public sealed record ConsentEvidence(string Kind, string Issuer, string Digest);
