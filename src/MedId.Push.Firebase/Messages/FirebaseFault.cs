using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Push.Firebase;

/// <summary>What the body of a refusal names: FCM's own code where it is there, the field that was wrong, and nothing of its words.</summary>
/// <param name="Code"><c>errorCode</c> of the <c>FcmError</c> detail; null when there is none.</param>
/// <param name="IsOfToken">Whether a field violation names the registration token.</param>
internal sealed record FirebaseFault(string? Code, bool IsOfToken)
{
    private const string FcmError = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
    private const string BadRequest = "type.googleapis.com/google.rpc.BadRequest";
    private const int MaxDetails = 16;

    public static FirebaseFault Of(ReadOnlyMemory<byte> body)
    {
        var parsed = StrictJson.ParseObject(body);
        string? code = null;
        bool? ofToken = null;
        if (parsed.Succeeded && Member(parsed.Value, "error", JsonValueKind.Object) is { } error && Member(error, "details", JsonValueKind.Array) is { } details)
        {
            foreach (var detail in details.EnumerateArray().Take(MaxDetails).Where(one => one.ValueKind == JsonValueKind.Object))
            {
                var type = Text(detail, "@type");
                if (type == FcmError)
                {
                    code ??= Text(detail, "errorCode") ?? Text(detail, "error_code");
                }
                else if (type == BadRequest && Member(detail, "fieldViolations", JsonValueKind.Array) is { } violations)
                {
                    ofToken = (ofToken ?? false) || violations.EnumerateArray().Take(MaxDetails).Any(one => one.ValueKind == JsonValueKind.Object && Text(one, "field") == "message.token");
                }
            }
        }

        // FCM's own code without a field says that the token is none; a field that is named is believed.
        return new(code, ofToken ?? code is not null);
    }

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind) => json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string? Text(JsonElement json, string name) => Member(json, name, JsonValueKind.String)?.GetString();
}
