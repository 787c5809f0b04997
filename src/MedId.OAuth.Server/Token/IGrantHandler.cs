namespace MedId.OAuth.Server;

/// <summary>One grant type of the token endpoint.</summary>
public interface IGrantHandler
{
    /// <summary>The value of <c>grant_type</c>.</summary>
    string GrantType { get; }

    /// <summary>Answers a request of an authenticated client that is registered for the grant type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer: <see cref="GrantRequest.Answer"/> or <see cref="GrantRequest.Refuse(OAuthRefusal)"/>.</returns>
    ValueTask<OAuthAnswer> HandleAsync(GrantRequest request, CancellationToken cancellationToken = default);
}
