using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Verifies <c>login_hint_token</c>, whose format CIBA leaves to the deployment.</summary>
public interface ILoginHintTokenVerifier
{
    /// <summary>Verifies a token.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="client">The authenticated client.</param>
    /// <param name="token">The token.</param>
    /// <param name="at">The time that counts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// Whom it names and what is consumed once; refused with <see cref="CibaErrorCodes.LoginHintTokenExpired"/> or <see cref="CibaErrorCodes.LoginHintTokenInvalid"/>.
    /// </returns>
    ValueTask<MedIdResult<VerifiedLoginHint>> VerifyAsync(
        TenantId tenant, ClientRegistration client, string token, DateTimeOffset at, CancellationToken cancellationToken = default);
}
