using System.Text;
using System.Text.Json;
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
    /// <param name="png">The file, at most 64 KiB.</param>
    /// <param name="palette">The palette when the picture has one.</param>
    /// <exception cref="ArgumentException">Not a PNG file, or too large.</exception>
    public static UafTransaction FromPng(ReadOnlySpan<byte> png, IReadOnlyList<PngPaletteEntry>? palette = null)
    {
        if (png.Length > UafLimits.TransactionBytes)
        {
            throw new ArgumentException("The picture is larger than 64 KiB.", nameof(png));
        }

        return new(PngImage, png.ToArray(), PngCharacteristics.FromPng(png) with { Palette = palette ?? [] });
    }

    internal static UafTransaction Read(JsonElement element, UafJsonProblems problems) => Read(element, problems, Tolerance.Strict);

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
