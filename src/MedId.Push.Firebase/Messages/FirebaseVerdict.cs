using System.Net;
using MedId.OAuth;
using MedId.Provider;

namespace MedId.Push.Firebase;

/// <summary>From an answer of FCM to what the outbox does: the one place.</summary>
internal static class FirebaseVerdict
{
    public static DeviceDelivery Of(ProtocolHttpResponse answer, FirebaseOptions options, DateTimeOffset now)
    {
        if (answer.IsOk)
        {
            return DeviceDelivery.Sent;
        }

        // FCM's own code is in the details; the status alone also stands for proxies and for faults before FCM.
        var fault = FirebaseFault.Of(answer.Body);
        return (answer.Status, fault.Code) switch
        {
            (_, "UNREGISTERED") => DeviceDelivery.Unregistered(FirebaseErrorCodes.Unregistered),
            (HttpStatusCode.BadRequest, "INVALID_ARGUMENT") when fault.IsOfToken => DeviceDelivery.Unregistered(FirebaseErrorCodes.TokenInvalid),
            (HttpStatusCode.BadRequest, _) => DeviceDelivery.Refused(FirebaseErrorCodes.MessageRefused),
            (_, "THIRD_PARTY_AUTH_ERROR") => DeviceDelivery.Refused(FirebaseErrorCodes.ThirdPartyAuthentication),
            (HttpStatusCode.Unauthorized, _) => DeviceDelivery.TryAgain(FirebaseErrorCodes.Unauthenticated),

            // The token is of another project: nobody is reached by it from here, and the app that is installed may still be enrolled elsewhere. It is not cleared: the operator's mistake is the likelier cause.
            (_, "SENDER_ID_MISMATCH") => DeviceDelivery.Refused(FirebaseErrorCodes.SenderMismatch),
            (HttpStatusCode.Forbidden, _) => DeviceDelivery.Refused(FirebaseErrorCodes.Forbidden),
            (HttpStatusCode.TooManyRequests, _) => DeviceDelivery.TryAgain(FirebaseErrorCodes.QuotaExceeded, Later(answer.RetryAfter ?? options.QuotaPause)),
            ( >= HttpStatusCode.InternalServerError, _) => DeviceDelivery.TryAgain(FirebaseErrorCodes.Unavailable, answer.RetryAfter is { } pause ? Later(pause) : null),

            // 404 without FCM's code: no such project or path.
            _ => DeviceDelivery.Refused(FirebaseErrorCodes.AnswerUnexpected),
        };

        DateTimeOffset Later(TimeSpan pause) => now + (pause < options.LongestPause ? pause : options.LongestPause);
    }
}
