namespace MedId.OAuth.Server;

/// <summary>Ends guessing at clients' credentials: counts failures and says when nobody listens any more for a while.</summary>
public interface IClientAuthenticationLimit
{
    /// <summary>Whether an attempt is listened to. Asked before the credential is judged, so that the right one among too many is of no use.</summary>
    /// <param name="request">The request; its <see cref="OAuthRequest.Address"/> counts.</param>
    /// <param name="clientId">Whom it claims to be, as nobody proved yet; null when it names nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: refused like a wrong credential.</returns>
    ValueTask<bool> MayTryAsync(OAuthRequest request, string? clientId, CancellationToken cancellationToken = default);

    /// <summary>An attempt failed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="clientId">Whom it claimed to be; null when it named nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask FailedAsync(OAuthRequest request, string? clientId, CancellationToken cancellationToken = default);
}
