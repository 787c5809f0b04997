namespace MedId.Provider;

/// <summary>What a statement claims of itself; nothing of it is verified.</summary>
/// <param name="Issuer">The assessor.</param>
/// <param name="Framework">The framework.</param>
public sealed record UnverifiedTrustStatement(string Issuer, string Framework);
