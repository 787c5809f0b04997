using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Reads <c>cnf</c> (RFC 7800 §3.1).</summary>
internal static class ConfirmationClaim
{
    private const int ThumbprintBytes = 32;

    /// <summary>
    /// The key that a token is bound to; null for an unbound one. A <c>cnf</c> that names no key known here, more than one, or none is said to the members around it: a token that is bound
    /// to something is not treated as if it were not.
    /// </summary>
    public static TokenConfirmation? Read(JsonMembers members)
    {
        if (members.Find(OAuthClaims.Confirmation) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            var json = new JsonMembers(value);
            var confirmation = new TokenConfirmation { CertificateThumbprint = json.String("x5t#S256"), KeyThumbprint = json.String("jkt") };
            if (json.Wrong is null && value.GetPropertyCount() == 1 && (IsThumbprint(confirmation.CertificateThumbprint) || IsThumbprint(confirmation.KeyThumbprint)))
            {
                return confirmation;
            }
        }

        members.Reject(OAuthClaims.Confirmation);
        return null;
    }

    private static bool IsThumbprint(string? text) => StrictBase64Url.Decode(text, ThumbprintBytes) is { Succeeded: true, Value.Length: ThumbprintBytes };
}
