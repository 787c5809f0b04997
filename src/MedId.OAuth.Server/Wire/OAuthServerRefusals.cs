using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The one place where the codes of this package become errors of the protocols.</summary>
public static class OAuthServerRefusals
{
    // RFC 9110 §15.5.2: a 401 carries a challenge; the scheme is the only one that is an HTTP scheme.
    private const string BasicChallenge = "Basic realm=\"oauth\", charset=\"UTF-8\"";

    // What a database or a key service needs to come back.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    /// <summary>How the protocol says a refusal of this package. A code that is not of this package comes from a client assertion's verifier: <c>invalid_client</c>.</summary>
    /// <param name="error">The refusal.</param>
    public static OAuthRefusal Of(MedIdError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            OAuthServerErrorCodes.FormMalformed or
            OAuthServerErrorCodes.ParameterRepeated or
            OAuthServerErrorCodes.ParameterMissing or
            OAuthServerErrorCodes.EncryptionUnsupported or
            OAuthServerErrorCodes.EncryptionKeyMissing or
            OAuthErrorCodes.ForwardedCertificateUntrusted or
            OAuthErrorCodes.ForwardedCertificateMalformed or
            OAuthServerErrorCodes.ClientAuthenticationMultiple => new(error, OAuthErrorNames.InvalidRequest),
            OAuthServerErrorCodes.GrantTypeUnsupported => new(error, OAuthErrorNames.UnsupportedGrantType),
            OAuthServerErrorCodes.GrantTypeNotRegistered => new(error, OAuthErrorNames.UnauthorizedClient),
            OAuthServerErrorCodes.RefreshTokenUnknown or
            OAuthServerErrorCodes.RefreshTokenReused or
            OAuthServerErrorCodes.GrantInactive or
            OAuthServerErrorCodes.GrantOutdated => new(error, OAuthErrorNames.InvalidGrant),
            OAuthServerErrorCodes.ScopeMalformed or
            OAuthServerErrorCodes.ScopeWidened => new(error, OAuthErrorNames.InvalidScope),
            OAuthServerErrorCodes.ResourceMismatch => new(error, OAuthErrorNames.InvalidTarget),
            OAuthServerErrorCodes.CertificateMissing or
            OAuthServerErrorCodes.BindingAmbiguous => new(error, OAuthErrorNames.InvalidRequest),
            OAuthServerErrorCodes.DpopProofMissing or
            OAuthServerErrorCodes.DpopProofReplayed => new(error, OAuthErrorNames.InvalidDpopProof),
            OAuthErrorCodes.DpopNonceNeeded => new(error, OAuthErrorNames.UseDpopNonce),
            var code when code.StartsWith("oauth.dpop_", StringComparison.Ordinal) => new(error, OAuthErrorNames.InvalidDpopProof),
            OAuthServerErrorCodes.AccessTokenMissing => new(error, OAuthErrorNames.InvalidRequest, 401, "Bearer"),
            OAuthServerErrorCodes.AccessTokenBinding or
            OAuthServerErrorCodes.AccessTokenInvalid => new(error, OAuthErrorNames.InvalidToken, 401, "Bearer error=\"invalid_token\""),
            OAuthServerErrorCodes.ScopeInsufficient => new(error, OAuthErrorNames.InsufficientScope, 403, "Bearer error=\"insufficient_scope\", scope=\"openid\""),
            OAuthServerErrorCodes.TokenTypeUnsupported => new(error, OAuthErrorNames.UnsupportedTokenType),

            // What was granted stays: until an operator lets go, or puts the registration right.
            OAuthServerErrorCodes.SigningKeyMissing or
            OAuthServerErrorCodes.SubjectTypeUnavailable or
            OAuthServerErrorCodes.SectorIdentifierMissing or
            OAuthServerErrorCodes.SectorIdentifierUnproven or
            OAuthServerErrorCodes.IssueStopped => new(error, OAuthErrorNames.TemporarilyUnavailable, 503),
            OAuthServerErrorCodes.Unavailable => new(error, OAuthErrorNames.TemporarilyUnavailable, 503) { RetryAfter = SoonAgain },
            OAuthServerErrorCodes.Failed => new(error, OAuthErrorNames.ServerError, 500),
            _ => new(error, OAuthErrorNames.InvalidClient, 401, BasicChallenge),
        };
    }
}
