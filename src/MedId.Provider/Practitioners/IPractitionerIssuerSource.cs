using MedId.Core;

namespace MedId.Provider;

/// <summary>The doctor OPs that this OP trusts, with their keys. The verifier itself does no network work.</summary>
public interface IPractitionerIssuerSource
{
    /// <summary>Gathers an issuer's keys and verifies with them; with newer keys once more when the signing key is not among them.</summary>
    /// <param name="issuer">The issuer that an evidence claims, not yet verified.</param>
    /// <param name="verify">The verification.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What <paramref name="verify"/> gives; refused when the issuer is not configured or its keys cannot be had.</returns>
    ValueTask<MedIdResult<PractitionerEvidence>> VerifyAsync(
        string issuer, Func<PractitionerIssuer, MedIdResult<PractitionerEvidence>> verify, CancellationToken cancellationToken = default);
}
