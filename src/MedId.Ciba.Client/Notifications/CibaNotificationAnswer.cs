using MedId.Core;

namespace MedId.Ciba.Client;

/// <summary>What the notification endpoint answers. Never a redirect, never a body (CIBA Core §10.2).</summary>
/// <param name="Status">The HTTP status: 204, 400, 401 or 503.</param>
/// <param name="Error">Why, for the log; nothing of it goes to the OP. Null for 204.</param>
public sealed record CibaNotificationAnswer(int Status, MedIdError? Error = null)
{
    internal const int BadRequest = 400;
    internal const int Unauthorized = 401;
    internal const int Unavailable = 503;

    /// <summary>204: taken, now or before.</summary>
    public static CibaNotificationAnswer Taken { get; } = new(204);
}
