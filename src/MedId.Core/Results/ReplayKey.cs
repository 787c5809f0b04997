namespace MedId.Core;

/// <summary>What must be consumed once: returned by pure verifiers, consumed atomically by the handler that called them.</summary>
/// <param name="Issuer">Who made the identifier: a client id, an OP, a tenant's challenge space.</param>
/// <param name="Id">The identifier that may be seen once (jti, challenge, ticket digest).</param>
/// <param name="ExpiresAt">Until when it has to be remembered.</param>
public sealed record ReplayKey(string Issuer, string Id, DateTimeOffset ExpiresAt);
