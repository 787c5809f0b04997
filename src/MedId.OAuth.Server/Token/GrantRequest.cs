using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A token request of an authenticated client.</summary>
public sealed record GrantRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The authenticated client, registered for the grant type.</summary>
    public required ClientRegistration Client { get; init; }

    /// <summary>The parameters.</summary>
    public required OAuthForm Form { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer with tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    public OAuthAnswer Answer(IssuedTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return OAuthAnswer.Json(tokens.ToJson(), Client.ClientId);
    }

    /// <summary>The key that the client proved with this request and that its tokens are bound to; null: they are not bound.</summary>
    public TokenConfirmation? Confirmation { get; init; }

    /// <summary>A refusal.</summary>
    /// <param name="refusal">Why, and how the protocol says it.</param>
    public OAuthAnswer Refuse(OAuthRefusal refusal) => OAuthAnswer.Refused(refusal, Client.ClientId);

    /// <summary>A refusal with a code of this package.</summary>
    /// <param name="error">Why.</param>
    public OAuthAnswer Refuse(MedIdError error) => Refuse(OAuthServerRefusals.Of(error));

    /// <summary>RFC 8707 §2.2: where the request names a resource, it is the granted one.</summary>
    /// <param name="grant">The grant.</param>
    /// <returns>The refusal; null when there is nothing to refuse.</returns>
    public MedIdError? CheckResource(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return Form[OAuthParameters.Resource] is { } resource && !string.Equals(resource, grant.Resource, StringComparison.Ordinal)
            ? new(OAuthServerErrorCodes.ResourceMismatch, ErrorCategory.Protocol, "RFC 8707 §2.2")
            : null;
    }

    /// <summary>Client and names of the parameters.</summary>
    public override string ToString() => $"{Client.ClientId}: {Form}";
}
