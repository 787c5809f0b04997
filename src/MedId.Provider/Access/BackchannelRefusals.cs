using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>From this package's refusals to the errors of the backchannel endpoint (CIBA §13): the one place.</summary>
internal static class BackchannelRefusals
{
    public static OAuthRefusal Of(MedIdError error) => error.Code switch
    {
        ProviderErrorCodes.ScopeNotAccepted or ProviderErrorCodes.NoticeNotCovering => new(error, OAuthErrorNames.InvalidScope),
        ProviderErrorCodes.AuthorizationDetailsRefused => new(error, OAuthErrorNames.InvalidAuthorizationDetails),
        ProviderErrorCodes.BreakGlassScopeRefused => new(error, OAuthErrorNames.InvalidScope),
        ProviderErrorCodes.BreakGlassClientRefused => new(error, OAuthErrorNames.UnauthorizedClient),
        ProviderErrorCodes.BreakGlassRoleRefused or ProviderErrorCodes.BreakGlassPurposeRefused or ProviderErrorCodes.BreakGlassLimitReached or ProviderErrorCodes.BreakGlassNotOffered
            or ProviderErrorCodes.RecipientSuspended or ProviderErrorCodes.TrustCriteriaMissing => new(error, OAuthErrorNames.AccessDenied, Status: 403),
        ProviderErrorCodes.AskedTooOften or ProviderErrorCodes.DeniedRecently or ProviderErrorCodes.ClientAsksTooOften or ProviderErrorCodes.ClinicAsksTooOften
            or ProviderErrorCodes.QuietHours => new(error, OAuthErrorNames.AccessDenied, Status: 403),
        ProviderErrorCodes.TrustUndetermined or ProviderErrorCodes.RequestsStopped => new(error, OAuthErrorNames.TemporarilyUnavailable, Status: 503),
        ProviderErrorCodes.PatientNotKnownAtResource => new(error, OAuthErrorNames.InvalidTarget),
        ProviderErrorCodes.AccountSuspended or ProviderErrorCodes.NoDevice or ProviderErrorCodes.PractitionerNotEntitled => new(error, OAuthErrorNames.AccessDenied, Status: 403),
        // RFC 6749 §4.1.2.1's name for "try again later"; CIBA §13 has none of its own.
        ProviderErrorCodes.PractitionerEvidenceUndetermined => new(error, OAuthErrorNames.TemporarilyUnavailable, Status: 503),
        _ => new(error, OAuthErrorNames.InvalidRequest),
    };
}
