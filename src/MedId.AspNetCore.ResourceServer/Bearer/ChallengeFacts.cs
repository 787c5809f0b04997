namespace MedId.AspNetCore.ResourceServer;

/// <summary>What a challenge of this server says besides the refusal (RFC 9449 §7.1): the scheme that was tried, and the algorithms of proofs.</summary>
internal sealed record ChallengeFacts(string? TriedScheme, string Algorithms);
