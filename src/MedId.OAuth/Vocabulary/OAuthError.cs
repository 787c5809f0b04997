using System.Buffers;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>An error answer of an authorization server (RFC 6749 §5.2).</summary>
/// <param name="Error">One of <see cref="OAuthErrorNames"/>, or a name of an extension.</param>
/// <param name="Description">For developers; written by the server, so it may name a person: not for logs. Only characters of <see cref="IsDescription"/>.</param>
public sealed record OAuthError(string Error, string? Description = null)
{
    private const int MaxNameLength = 100;
    private const int MaxDescriptionLength = 500;

    // RFC 6749 §5.2: %x20-21 / %x23-5B / %x5D-7E, for error as for error_description.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.");

    /// <summary>Whether a text may stand in <c>error</c> or <c>error_description</c> (RFC 6749 §5.2).</summary>
    /// <param name="text">The text.</param>
    public static bool IsDescription(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Allowed);

    /// <summary>The text with everything that may not stand in <c>error_description</c> replaced by <c>?</c>.</summary>
    /// <param name="text">The text.</param>
    public static string ToDescription(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsDescription(text) ? text : string.Create(text.Length, text, static (to, from) =>
        {
            for (var index = 0; index < to.Length; index++)
            {
                to[index] = Allowed.Contains(from[index]) ? from[index] : '?';
            }
        });
    }

    /// <summary>Reads an error answer. A description that breaks the rule of its characters, or is longer than 500, is dropped; the error stands.</summary>
    /// <param name="utf8">The body of an answer whose status says that something failed.</param>
    public static MedIdResult<OAuthError> Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictJson.ParseObject(utf8);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        if (!json.Value.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.String || error.GetString() is not { Length: > 0 and <= MaxNameLength } name
            || !IsDescription(name))
        {
            return new MedIdError(OAuthErrorCodes.ErrorResponseMalformed, ErrorCategory.Malformed, "RFC 6749 §5.2");
        }

        var description = json.Value.TryGetProperty("error_description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return new OAuthError(name, description is { Length: <= MaxDescriptionLength } && IsDescription(description) ? description : null);
    }

    /// <summary>
    /// The refusal with a code of <see cref="OAuthErrorCodes"/>: <c>oauth.access_denied</c> for <c>access_denied</c>, <see cref="OAuthErrorCodes.UnknownError"/> for
    /// a name of an extension. The description is taken over as detail only where it is itself a code (<c>area.cause</c>), so that nothing personal travels.
    /// </summary>
    /// <param name="section">Standard and section of the request that was refused.</param>
    public MedIdError ToMedIdError(string section)
    {
        var (code, category) = OAuthErrorCodes.Of(Error);
        return new MedIdError(code, category, section, IsCode(Description) ? Description : null);
    }

    private static bool IsCode(string? text) =>
        text is { Length: > 2 and <= 80 } && !text.AsSpan().ContainsAnyExcept(CodeCharacters) && text.AsSpan().Count('.') == 1 && text[0] != '.' && text[^1] != '.';
}
