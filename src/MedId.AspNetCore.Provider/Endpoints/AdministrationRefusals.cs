using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Provider;

/// <summary>From refusals to the HTTP statuses of the administration API. The one place.</summary>
internal static class AdministrationRefusals
{
    private const string Section = "MedId walk, administration";

    public static MedIdError Malformed(string detail) => new(ProviderErrorCodes.AdministrationMalformed, ErrorCategory.Malformed, Section, detail);

    public static MedIdError Unknown() => new(ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section);

    public static MedIdError Precondition() => new(ProviderErrorCodes.AdministrationPrecondition, ErrorCategory.Protocol, "RFC 6585 §3", "If-Match with the version, or If-None-Match: *");

    public static int HttpStatus(MedIdError error) => error.Code switch
    {
        ProviderErrorCodes.AdministrationClientUnknown or ProviderErrorCodes.AdministrationOperatorUnknown or ProviderErrorCodes.AdministrationNotPermitted => StatusCodes.Status403Forbidden,
        ProviderErrorCodes.AdministrationPrecondition => StatusCodes.Status428PreconditionRequired,
        ProviderErrorCodes.AdministrationConflict => StatusCodes.Status412PreconditionFailed,
        ProviderErrorCodes.AdministrationUnknown or ProviderErrorCodes.AccountUnknown or ProviderErrorCodes.DeviceUnknown or ProviderErrorCodes.ConsentUnknown => StatusCodes.Status404NotFound,
        ProviderErrorCodes.AdministrationMalformed or ProviderErrorCodes.ClientRefused or ProviderErrorCodes.TrustRefused or ProviderErrorCodes.KeyRefused or ProviderErrorCodes.SwitchOrderRefused => StatusCodes.Status400BadRequest,
        _ when RegistrationRules.Codes.Contains(error.Code) => StatusCodes.Status400BadRequest,
        _ when error.Code.StartsWith("provider.", StringComparison.Ordinal) => StatusCodes.Status409Conflict,

        // What is not ours comes from the authentication of the client.
        _ => StatusCodes.Status401Unauthorized,
    };
}
