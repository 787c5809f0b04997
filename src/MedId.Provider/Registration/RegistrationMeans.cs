namespace MedId.Provider;

/// <summary>What the host of this OP can do for clients.</summary>
/// <param name="FetchesKeys">Whether somebody fetches keys that clients publish (<c>jwks_uri</c>).</param>
/// <param name="VerifiesChains">Whether somebody verifies the chains of clients' certificates (<c>tls_client_auth</c>).</param>
public sealed record RegistrationMeans(bool FetchesKeys, bool VerifiesChains);
