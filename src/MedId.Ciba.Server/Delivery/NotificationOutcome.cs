namespace MedId.Ciba.Server;

/// <summary>What became of one notification.</summary>
public enum NotificationOutcome
{
    /// <summary>The client took it: 200 or 204.</summary>
    Delivered,

    /// <summary>The client could not be reached, did not answer in time, or failed (5xx): the same may be sent again.</summary>
    Again,

    /// <summary>The client, its URL or its address refused it for good: a redirect, 4xx, an address inside. The same is not sent again.</summary>
    Refused,
}
