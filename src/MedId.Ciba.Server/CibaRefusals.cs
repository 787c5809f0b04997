using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>The one place where the codes of this package become errors of CIBA Core §11 and §13.</summary>
public static class CibaRefusals
{
    /// <summary>How the protocol says a refusal of this package. A code that is not of this package comes from a signed request's verifier: <c>invalid_request</c>.</summary>
    /// <param name="error">The refusal.</param>
    public static OAuthRefusal Of(MedIdError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            CibaErrorCodes.ClientNotRegistered or
            CibaErrorCodes.DeliveryModeUnsupported or
            CibaErrorCodes.PushClientPolls => new(error, OAuthErrorNames.UnauthorizedClient),
            CibaErrorCodes.ScopeMalformed or
            CibaErrorCodes.ScopeWithoutOpenId or
            CibaErrorCodes.ScopeNotAllowed => new(error, OAuthErrorNames.InvalidScope),
            CibaErrorCodes.BindingMessageRefused => new(error, OAuthErrorNames.InvalidBindingMessage),
            CibaErrorCodes.ResourceRefused => new(error, OAuthErrorNames.InvalidTarget),
            CibaErrorCodes.AuthorizationDetailsMalformed => new(error, OAuthErrorNames.InvalidAuthorizationDetails),
            CibaErrorCodes.LoginHintTokenExpired => new(error, OAuthErrorNames.ExpiredLoginHintToken),
            CibaErrorCodes.UserUnknown => new(error, OAuthErrorNames.UnknownUserId),
            CibaErrorCodes.UserCodeMissing => new(error, OAuthErrorNames.MissingUserCode),
            CibaErrorCodes.UserCodeWrong => new(error, OAuthErrorNames.InvalidUserCode),
            CibaErrorCodes.UserRefused or
            CibaErrorCodes.UserCodeLocked or
            CibaErrorCodes.TooManyPending => AccessDenied(error),
            CibaErrorCodes.AuthReqIdUnknown or
            CibaErrorCodes.AuthReqIdUsed => new(error, OAuthErrorNames.InvalidGrant),
            CibaErrorCodes.AuthReqIdExpired => new(error, OAuthErrorNames.ExpiredToken),
            CibaErrorCodes.Pending => new(error, OAuthErrorNames.AuthorizationPending),
            CibaErrorCodes.SlowDown => new(error, OAuthErrorNames.SlowDown),

            // §11: at the token endpoint access_denied is a 400 like the others; §13 makes it a 403 at the backchannel endpoint.
            CibaErrorCodes.Denied => new(error, OAuthErrorNames.AccessDenied),
            _ => InvalidRequest(error),
        };
    }

    /// <summary><c>access_denied</c> of the backchannel endpoint, 403 (CIBA Core §13): refused beforehand by policy, nobody was asked.</summary>
    /// <param name="error">Why.</param>
    public static OAuthRefusal AccessDenied(MedIdError error) => new(error, OAuthErrorNames.AccessDenied, 403);

    /// <summary><c>invalid_request</c>, 400.</summary>
    /// <param name="error">Why.</param>
    public static OAuthRefusal InvalidRequest(MedIdError error) => new(error, OAuthErrorNames.InvalidRequest);
}
