using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Provider;

/// <summary>The challenges of the walk: hashes over a label, a fresh nonce and what the act is about, so that the phone signs only what it recognises.</summary>
public static class Challenge
{
    /// <summary>The challenge of an enrolment; covers ticket and push address.</summary>
    /// <param name="nonce">base64url of 32 random bytes.</param>
    /// <param name="ticket">The ticket.</param>
    /// <param name="pushAddress">Where the device wants to be reached.</param>
    /// <returns>base64url of 32 bytes.</returns>
    public static string Enrol(string nonce, string ticket, string pushAddress) => Make("enrol", nonce, Digest(ticket), Digest(pushAddress));

    /// <summary>The challenge that opens one request.</summary>
    /// <param name="nonce">base64url of 32 random bytes.</param>
    /// <param name="requestId">The opaque id from the push.</param>
    /// <returns>base64url of 32 bytes.</returns>
    public static string Open(string nonce, string requestId) => Make("open", nonce, requestId);

    /// <summary>The challenge that opens the consent history.</summary>
    /// <param name="nonce">base64url of 32 random bytes.</param>
    /// <param name="account">The account handle given at enrolment.</param>
    /// <returns>base64url of 32 bytes.</returns>
    public static string SignIn(string nonce, string account) => Make("sign-in", nonce, account);

    /// <summary>The challenge of the last act.</summary>
    /// <param name="nonce">base64url of 32 random bytes.</param>
    /// <param name="digest">The digest of notice and choice.</param>
    /// <returns>base64url of 32 bytes.</returns>
    public static string Consent(string nonce, string digest) => Make("consent", nonce, digest);

    /// <summary>The challenge of the act that signs a consent given beforehand.</summary>
    /// <param name="nonce">base64url of 32 random bytes.</param>
    /// <param name="digest">The digest of notice and choice.</param>
    /// <returns>base64url of 32 bytes.</returns>
    public static string Standing(string nonce, string digest) => Make("standing", nonce, digest);

    /// <summary>The text of which <see cref="Standing"/> is the hash.</summary>
    internal static string StandingText(string nonce, string digest) => Text("standing", nonce, digest);

    /// <summary>The text of which <see cref="Consent"/> is the hash: what a passkey signs by its challenge.</summary>
    internal static string ConsentText(string nonce, string digest) => Text("consent", nonce, digest);

    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Make(string act, params ReadOnlySpan<string> values) => Digest(Text(act, values));

    private static string Text(string act, params ReadOnlySpan<string> values)
    {
        var text = new StringBuilder("MedId ").Append(act).Append(" v1");
        foreach (var value in values)
        {
            text.Append('\n').Append(value);
        }

        return text.ToString();
    }
}
