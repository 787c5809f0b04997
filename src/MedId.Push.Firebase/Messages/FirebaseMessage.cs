using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MedId.Provider;

namespace MedId.Push.Firebase;

/// <summary>The body of <c>messages:send</c>.</summary>
internal static class FirebaseMessage
{
    private const int MaxTokenLength = 2000;

    /// <summary>Names that FCM keeps for itself in <c>data</c>.</summary>
    public static bool IsReserved(string key) =>
        string.IsNullOrEmpty(key) || key is "from" or "message_type" || key.StartsWith("google", StringComparison.OrdinalIgnoreCase) || key.StartsWith("gcm", StringComparison.OrdinalIgnoreCase);

    /// <summary>The registration token of an address; null when it is none. FCM promises no alphabet: anything that can be seen goes.</summary>
    public static string? TokenOf(string address) =>
        address.StartsWith("fcm:", StringComparison.Ordinal) && address.Length > 4 && address.Length <= MaxTokenLength + 4 && address.AsSpan(4).IndexOfAnyExceptInRange('!', '~') < 0 ? address[4..] : null;

    public static ReadOnlyMemory<byte> Write(DeviceAnnouncement announcement, string registration, FirebaseOptions options, DateTimeOffset now)
    {
        // FCM counts whole seconds; what has no second left is for a device that is there now.
        var left = announcement.ExpiresAt - now;
        var ttl = (long)Math.Clamp(left.TotalSeconds, 0, FirebaseOptions.LongestTimeToLive.TotalSeconds);
        var alert = announcement.Urgent ? options.AppleAlertKey : null;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("message"u8);
            json.WriteString("token"u8, registration);
            json.WriteStartObject("data"u8);
            json.WriteString(options.DataKey, announcement.Id);
            json.WriteEndObject();
            json.WriteStartObject("android"u8);
            json.WriteString("priority"u8, announcement.Urgent ? "HIGH" : "NORMAL");
            json.WriteString("ttl"u8, string.Create(CultureInfo.InvariantCulture, $"{ttl}s"));
            json.WriteEndObject();
            WriteApns(json, alert, now.ToUnixTimeSeconds() + ttl);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A background push has priority 5; an alert of the app's own words may have 10 (Apple, "Sending notification requests to APNs").</summary>
    private static void WriteApns(Utf8JsonWriter json, string? alertKey, long expiration)
    {
        json.WriteStartObject("apns"u8);
        json.WriteStartObject("headers"u8);
        json.WriteString("apns-push-type"u8, alertKey is null ? "background" : "alert");
        json.WriteString("apns-priority"u8, alertKey is null ? "5" : "10");
        json.WriteString("apns-expiration"u8, expiration.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartObject("payload"u8);
        json.WriteStartObject("aps"u8);
        if (alertKey is null)
        {
            json.WriteNumber("content-available"u8, 1);
        }
        else
        {
            json.WriteStartObject("alert"u8);
            json.WriteString("loc-key"u8, alertKey);
            json.WriteEndObject();
            json.WriteNumber("mutable-content"u8, 1);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
