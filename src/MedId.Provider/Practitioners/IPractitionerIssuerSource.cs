namespace MedId.Provider;

/// <summary>Gathers the keys of trusted doctor OPs; the verifier itself does no network work.</summary>
public interface IPractitionerIssuerSource
{
    /// <summary>Finds a trusted issuer with its current keys.</summary>
    /// <param name="issuer">The issuer that an evidence claims, not yet verified.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The issuer; null when it is not configured. Unreachable keys throw, and the request fails closed.</returns>
    ValueTask<PractitionerIssuer?> FindAsync(string issuer, CancellationToken cancellationToken = default);
}
