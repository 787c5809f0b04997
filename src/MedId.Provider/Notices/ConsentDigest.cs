using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Provider;

/// <summary>The digest that the last act signs, over the canonical forms of notice and choice.</summary>
public static class ConsentDigest
{
    /// <summary>The label at the start of every transaction line.</summary>
    public const string TransactionLabel = "MedId consent v1";

    /// <summary>The label at the start of the line that signs a consent given beforehand.</summary>
    public const string StandingLabel = "MedId standing v1";

    /// <summary>The longest text/plain transaction content that UAF allows.</summary>
    public const int MaxTransactionLength = 200;

    /// <summary>SHA-256 over <c>{"choice":…,"notice":…}</c> in canonical form.</summary>
    /// <param name="canonicalNotice">The notice in canonical form.</param>
    /// <param name="canonicalChoice">The choice in canonical form.</param>
    /// <returns>base64url, 43 characters.</returns>
    public static string Compute(string canonicalNotice, string canonicalChoice)
    {
        ArgumentException.ThrowIfNullOrEmpty(canonicalNotice);
        ArgumentException.ThrowIfNullOrEmpty(canonicalChoice);

        // Members sorted by name, parts canonical already: their concatenation is the canonical form of the whole.
        var whole = $$"""{"choice":{{canonicalChoice}},"notice":{{canonicalNotice}}}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }

    /// <summary>The one ASCII line that is shown by the authenticator and signed (UAF text/plain transaction).</summary>
    /// <param name="clientId">The receiving client.</param>
    /// <param name="bindingMessage">The binding message; stands in the line when it is printable ASCII without semicolon and fits.</param>
    /// <param name="digest">The digest of <see cref="Compute"/>.</param>
    /// <returns>At most 200 characters of printable ASCII.</returns>
    /// <exception cref="ArgumentException">The client id is not printable ASCII, or too long for the line.</exception>
    public static string TransactionLine(string clientId, string? bindingMessage, string digest)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(digest);
        if (!IsLineText(clientId))
        {
            throw new ArgumentException("A client id that is to be signed is printable ASCII without semicolon.", nameof(clientId));
        }

        var line = Line(bindingMessage is not null && IsLineText(bindingMessage) ? bindingMessage : "-");
        if (line.Length > MaxTransactionLength)
        {
            line = Line("-");
        }

        return line.Length <= MaxTransactionLength ? line : throw new ArgumentException("The client id is too long to be signed.", nameof(clientId));

        string Line(string message) => $"{TransactionLabel}; to={clientId}; msg={message}; sha-256={digest}";
    }

    /// <summary>The line that signs a consent given beforehand: no recipient stands in it, because there may be many or none by name; the digest covers them.</summary>
    /// <param name="kind">How it is given.</param>
    /// <param name="digest">The digest of <see cref="Compute"/>.</param>
    /// <returns>At most 200 characters of printable ASCII.</returns>
    public static string StandingLine(StandingConsentKind kind, string digest)
    {
        ArgumentException.ThrowIfNullOrEmpty(digest);
        return $"{StandingLabel}; kind={StandingNotice.WordOf(kind)}; sha-256={digest}";
    }

    private static bool IsLineText(string text) => text.Length > 0 && text.All(c => c is >= ' ' and <= '~' and not ';');
}
