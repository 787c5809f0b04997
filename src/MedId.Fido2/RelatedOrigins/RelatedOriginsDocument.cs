using MedId.Core;

namespace MedId.Fido2;

/// <summary>The document <c>https://RP-ID/.well-known/webauthn</c> (WebAuthn L3 §5.11): which other origins may use the RP ID.</summary>
/// <remarks>The client checks it; the relying party serves it and accepts the same origins in <see cref="CeremonyExpectations.Origins"/>.</remarks>
public sealed record RelatedOriginsDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/.well-known/webauthn";

    /// <summary>As what it is served.</summary>
    public const string ContentType = "application/json";

    /// <summary>How many registrable labels every client supports; entries of further labels may be passed over.</summary>
    public const int LabelsEveryClientSupports = 5;

    private const string Section = "WebAuthn L3 §5.11";

    /// <summary>The origins: <c>https://host</c> or <c>https://host:port</c> in lower case, nothing behind it.</summary>
    /// <exception cref="ArgumentException">One is no such origin.</exception>
    public required IReadOnlyList<string> Origins
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.All(IsOrigin) ? [.. value] : throw new ArgumentException("Origins are https://host[:port] in lower case, without path.", nameof(value));
        }
    }

    /// <summary>
    /// Whether some client may pass over entries, because the origins have more registrable labels than every client supports. A warning for whoever configures it.
    /// </summary>
    /// <remarks>
    /// Labels are counted without the public suffix list: the label before the last one, or before the last two where the last is a country and the one before it a
    /// usual second-level suffix (<c>co.jp</c>, <c>or.jp</c>). For other suffixes of two labels the count may be too low or too high.
    /// </remarks>
    public bool MayBePassedOver => Origins.Select(LabelOf).Distinct(StringComparer.Ordinal).Count() > LabelsEveryClientSupports;

    /// <summary>Reads a document.</summary>
    /// <param name="json">The JSON object; members beside <c>origins</c> are passed over.</param>
    /// <returns>The document, or <c>fido2.related_origins_malformed</c>.</returns>
    public static MedIdResult<RelatedOriginsDocument> Parse(string json) =>
        Fido2Json.Read(json, Fido2ErrorCodes.RelatedOriginsMalformed, Section, Read).Then<RelatedOriginsDocument>(origins => origins.All(IsOrigin)
            ? new RelatedOriginsDocument { Origins = origins }
            : new MedIdError(Fido2ErrorCodes.RelatedOriginsMalformed, ErrorCategory.Malformed, Section, "an entry is not an https origin"));

    /// <summary>Writes the document.</summary>
    public string ToJson() => Fido2Json.Write(writer => writer.WriteTexts("origins", Origins));

    private static List<string> Read(JsonMembers members)
    {
        var origins = members.OptionalTexts("origins");
        if (origins is null)
        {
            members.Text("origins");
        }

        return origins ?? [];
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.Ordinal)
        && uri.UserInfo.Length == 0;

    private static string LabelOf(string origin)
    {
        var labels = new Uri(origin).Host.Split('.');
        var suffix = labels.Length > 2 && labels[^1].Length == 2 && labels[^2] is "co" or "or" or "ac" or "ad" or "ed" or "go" or "gr" or "lg" or "ne" or "com" or "org" or "net" or "gov" or "edu"
            ? 2
            : 1;
        return labels.Length > suffix ? labels[^(suffix + 1)] : labels[0];
    }
}
