using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>One rendering of what the user is to confirm: <c>Transaction</c>. UAF 1.1 protocol §3.1.</summary>
/// <remarks>
/// Several transactions in one request are alternative renderings of the same thing (one text, pictures for several displays); the authenticator signs the hash
/// of the one that it showed. Keep the exact bytes with the challenge: a rendering made again at verification may differ.
/// </remarks>
public sealed record UafTransaction
{
    /// <summary>Media type of text: ASCII, at most 200 characters.</summary>
    public const string PlainText = "text/plain";

    /// <summary>Media type of a picture.</summary>
    public const string PngImage = "image/png";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private UafTransaction(string contentType, ReadOnlyMemory<byte> content, PngCharacteristics? png)
    {
        ContentType = contentType;
        Content = content;
        Png = png;
    }

    /// <summary><c>contentType</c>: <see cref="PlainText"/> or <see cref="PngImage"/>.</summary>
    public string ContentType { get; }

    /// <summary>The content itself. On the wire base64url; what is hashed and signed are these bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary><c>tcDisplayPNGCharacteristics</c>: which display the picture fits; null for text.</summary>
    public PngCharacteristics? Png { get; }

    /// <summary>A text.</summary>
    /// <param name="text">1 to 200 ASCII characters. Other scripts cannot be signed as text: sign a digest of what is shown, or a picture.</param>
    /// <exception cref="ArgumentException">Empty, too long, or not ASCII.</exception>
    public static UafTransaction FromText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var content = Encoding.UTF8.GetBytes(text);
        return IsText(content)
            ? new(PlainText, content, null)
            : throw new ArgumentException("A text transaction has 1 to 200 ASCII characters.", nameof(text));
    }

    /// <summary>A text in any script, which the standard does not let be signed: an authenticator may show it wrongly or refuse it.</summary>
    /// <param name="text">1 to 200 characters.</param>
    /// <exception cref="ArgumentException">Empty, too long, or no well-formed UTF-16.</exception>
    /// <remarks>A confirmation of it is refused unless <see cref="UafLeniencies.Utf8Transaction"/> is tolerated.</remarks>
    public static UafTransaction DangerouslyFromUtf8Text(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var content = StrictUtf8.GetBytes(text);
        return IsUtf8Text(content)
            ? new(PlainText, content, null)
            : throw new ArgumentException("A text transaction has 1 to 200 characters.", nameof(text));
    }

    /// <summary>Whether the content is what the standard lets be sent: ASCII text, or a picture.</summary>
    internal bool IsStandard => ContentType != PlainText || IsText(Content.Span);

    /// <summary>A picture.</summary>
    /// <param name="png">The file, at most 64 KiB; see <see cref="PngCharacteristics.FromPng"/>. Its bytes are what is kept, sent and hashed.</param>
    /// <exception cref="ArgumentException">Not a PNG file, or too large.</exception>
    public static UafTransaction FromPng(ReadOnlySpan<byte> png)
    {
        if (png.Length > UafLimits.TransactionBytes)
        {
            throw new ArgumentException("The picture is larger than 64 KiB.", nameof(png));
        }

        return new(PngImage, png.ToArray(), PngCharacteristics.FromPng(png));
    }

    /// <summary>Which of several renderings a model shows: text, or the picture that fits its display. Null where it can show none of them.</summary>
    /// <param name="renderings">The renderings, in order of preference.</param>
    /// <param name="model">The model.</param>
    /// <param name="displays">What the display of this authenticator shows, as its registration says; null for what the metadata says.</param>
    public static UafTransaction? SelectFor(IReadOnlyList<UafTransaction> renderings, UafMetadataStatement model, IReadOnlyList<PngCharacteristics>? displays = null)
    {
        ArgumentNullException.ThrowIfNull(renderings);
        ArgumentNullException.ThrowIfNull(model);
        displays = displays is { Count: > 0 } ? displays : model.TransactionPictures;
        return model.TransactionDisplay == default ? null : renderings.FirstOrDefault(rendering =>
            rendering.ContentType == (model.TransactionContentType ?? PlainText) && (rendering.Png is not { } picture || displays.Any(picture.Fits)));
    }

    /// <summary>Reads a <c>Transaction</c> dictionary, as it was sent or stored. A picture is taken by its descriptor and not looked into.</summary>
    /// <param name="json">The JSON object.</param>
    /// <param name="dangerouslyTolerate">Departures from the standard that are taken all the same. Default: none.</param>
    /// <returns>The transaction, or <c>uaf.request_malformed</c>, <c>uaf.encoding</c> or <c>uaf.not_json</c>.</returns>
    public static MedIdResult<UafTransaction> Parse(string json, UafLeniencies dangerouslyTolerate = UafLeniencies.None)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (UafJson.TryParse(json) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, UafSections.Dictionaries, "transaction");
        }

        var problems = new UafJsonProblems();
        var transaction = Read(document, problems, Tolerance.Of(dangerouslyTolerate));
        return problems.First is null ? transaction : problems.ToError(UafErrorCodes.RequestMalformed, UafSections.Dictionaries);
    }


    internal static UafTransaction Read(JsonElement element, UafJsonProblems problems, Tolerance tolerance)
    {
        var members = new UafJsonObject(element, "transaction", problems);
        var type = members.Text("contentType", 1, 64);
        var content = members.Bytes("content", 1, UafLimits.TransactionBytes);
        var png = members.Has("tcDisplayPNGCharacteristics") ? PngCharacteristics.Read(members.Object("tcDisplayPNGCharacteristics")) : null;
        var known = type switch
        {
            PlainText => png is null && (IsText(content) || (IsUtf8Text(content) && tolerance.Take(UafLeniencies.Utf8Transaction))),
            PngImage => png is not null,
            _ => false,
        };
        if (!known)
        {
            problems.Add("transaction", "unknown content type, or content that does not fit it");
        }

        return new(type, content, png);
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("contentType", ContentType);
        writer.WriteString("content", StrictBase64Url.Encode(Content.Span));
        if (Png is not null)
        {
            writer.WritePropertyName("tcDisplayPNGCharacteristics");
            Png.Write(writer);
        }

        writer.WriteEndObject();
    }

    private static bool IsUtf8Text(ReadOnlySpan<byte> content) =>
        content.Length is >= 1 and <= UafLimits.TransactionText * 4 && System.Text.Unicode.Utf8.IsValid(content)
        && Encoding.UTF8.GetCharCount(content) <= UafLimits.TransactionText;

    private static bool IsText(ReadOnlySpan<byte> content) => content.Length is >= 1 and <= UafLimits.TransactionText && Ascii.IsValid(content);
}
