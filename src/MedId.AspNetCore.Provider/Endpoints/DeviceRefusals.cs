using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Provider;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>From refusals to what a phone hears: UAF status codes on the UAF transport, HTTP statuses on the device endpoints. The one place.</summary>
internal static class DeviceRefusals
{
    public static MedIdError Malformed(string detail) => new(ProviderErrorCodes.DeviceMessageMalformed, ErrorCategory.Malformed, "MedId walk, enrolment and step 4", detail);

    public static int UafStatus(MedIdError error) => error.Code switch
    {
        ProviderErrorCodes.DeviceMessageMalformed => UafStatusCodes.BadRequest,
        ProviderErrorCodes.TicketUnknown or ProviderErrorCodes.TicketReplayed or ProviderErrorCodes.TicketExpired or ProviderErrorCodes.TicketForeign
            or ProviderErrorCodes.AccountSuspended or ProviderErrorCodes.NoDevice or ProviderErrorCodes.ProofingTooWeak or ProviderErrorCodes.DeviceUnknown
            or ProviderErrorCodes.DeviceSuspended or ProviderErrorCodes.DeviceLost or ProviderErrorCodes.DeviceExpired or ProviderErrorCodes.DeviceReplaced
            or ProviderErrorCodes.DeviceRevoked or ProviderErrorCodes.ProxyNotActive or ProviderErrorCodes.ProxyUnknown or ProviderErrorCodes.ProxyEnded
            or ProviderErrorCodes.ProxySuspended or ProviderErrorCodes.DecidedByProxy or ProviderErrorCodes.StandingNotOffered or ProviderErrorCodes.ModelStopped => UafStatusCodes.Unauthorized,
        ProviderErrorCodes.RequestNotPending => UafStatusCodes.NotFound,
        ProviderErrorCodes.RequestExpired => UafStatusCodes.RequestTimeout,
        ProviderErrorCodes.CeremonyUnknown => UafStatusCodes.RequestInvalid,
        ProviderErrorCodes.AcrNotMet => UafStatusCodes.UnacceptableAuthenticator,
        ProviderErrorCodes.CounterMoved => UafStatusCodes.UnacceptableContent,
        _ => UafStatusCodes.FromError(error),
    };

    public static int HttpStatus(MedIdError error) => error.Code switch
    {
        ProviderErrorCodes.DeviceTokenRefused or ProviderErrorCodes.DashboardSessionRefused => StatusCodes.Status401Unauthorized,
        ProviderErrorCodes.AccountSuspended or ProviderErrorCodes.TerminalUnknown or ProviderErrorCodes.CardNotBound or ProviderErrorCodes.CardOfAnotherPerson => StatusCodes.Status403Forbidden,
        ProviderErrorCodes.ProxyNotActive or ProviderErrorCodes.ProxyNotEntitled or ProviderErrorCodes.DecidedByProxy or ProviderErrorCodes.ProxyDeskUnknown or ProviderErrorCodes.DeskUnknown => StatusCodes.Status403Forbidden,
        ProviderErrorCodes.ProxyUnknown or ProviderErrorCodes.AccountUnknown => StatusCodes.Status404NotFound,
        ProviderErrorCodes.ProxyRegistered or ProviderErrorCodes.ProxyActive or ProviderErrorCodes.ProxySuspended or ProviderErrorCodes.ProxyEnded or ProviderErrorCodes.ProxyExists => StatusCodes.Status409Conflict,
        ProviderErrorCodes.NothingWaiting => StatusCodes.Status404NotFound,
        ProviderErrorCodes.StandingNotOffered => StatusCodes.Status403Forbidden,
        ProviderErrorCodes.RequestNotPending => StatusCodes.Status409Conflict,
        ProviderErrorCodes.RequestExpired => StatusCodes.Status410Gone,
        ProviderErrorCodes.ConsentUnknown or ProviderErrorCodes.DeviceUnknown or ProviderErrorCodes.DashboardRecipientUnknown => StatusCodes.Status404NotFound,
        ProviderErrorCodes.DeviceActive or ProviderErrorCodes.DeviceSuspended or ProviderErrorCodes.DeviceLost or ProviderErrorCodes.DeviceExpired or ProviderErrorCodes.DeviceReplaced
            or ProviderErrorCodes.DeviceRevoked or ProviderErrorCodes.LastDevice or ProviderErrorCodes.CounterMoved => StatusCodes.Status409Conflict,
        ProviderErrorCodes.TicketUnknown or ProviderErrorCodes.TicketReplayed or ProviderErrorCodes.TicketExpired or ProviderErrorCodes.TicketForeign or ProviderErrorCodes.ProofingTooWeak
            or ProviderErrorCodes.NoDevice or ProviderErrorCodes.AcrNotMet or ProviderErrorCodes.ModelStopped or ProviderErrorCodes.LawNotMet or ProviderErrorCodes.LawUndecided => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };
}
