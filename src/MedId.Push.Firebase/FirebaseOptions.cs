namespace MedId.Push.Firebase;

/// <summary>How messages go out.</summary>
public sealed class FirebaseOptions
{
    /// <summary>The longest time that FCM keeps a message for an absent device: 28 days.</summary>
    public static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(28);

    /// <summary>The service.</summary>
    /// <value><c>https://fcm.googleapis.com</c>.</value>
    public string Endpoint { get; set; } = "https://fcm.googleapis.com";

    /// <summary>How long before its end a token is renewed; at most half of its life.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one request may take, answer included.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long is waited after <c>QUOTA_EXCEEDED</c> where the answer names no time.</summary>
    /// <value>1 minute, which the service asks for.</value>
    public TimeSpan QuotaPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that an answer may ask for; a longer one is cut, so that no answer silences a device for days.</summary>
    /// <value>1 hour.</value>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The member of <c>data</c> that holds the opaque id.</summary>
    /// <value><c>id</c>.</value>
    public string DataKey { get; set; } = "id";

    /// <summary>
    /// Whether devices of Apple are sent an alert of fixed words that the app's own extension replaces, where somebody waits. Without it they get a background push, which iOS may delay or drop.
    /// </summary>
    /// <value>Null: a background push. Otherwise the key of a text in the app (<c>loc-key</c>), never the text itself.</value>
    public string? AppleAlertKey { get; set; }

    /// <summary>Whether plain http to loopback is accepted: doubles on this machine only.</summary>
    /// <value>False.</value>
    public bool AllowHttpOnLoopback { get; set; }
}
