using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace MedId.Samples.Hosting;

/// <summary>How the samples write JSON for people: Japanese as it is, one line.</summary>
public static partial class SampleJson
{
    /// <summary>Unindented; only what JSON itself asks for is escaped, and characters beyond the first plane: for those use <see cref="ToText"/>.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>JSON as text in which also rare characters stand as they are: 𠮷, variation selectors. Every encoder of the runtime escapes those.</summary>
    /// <param name="json">Any JSON value.</param>
    public static string ToText(JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Escapes().Replace(json.ToJsonString(Readable), static escape => escape.Groups["high"].Success
            ? new string([Unit(escape.Groups["high"]), Unit(escape.Groups["low"])])
            : escape.Value);
    }

    private static char Unit(Group hex) => (char)ushort.Parse(hex.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // An escaped backslash first, so that what follows it is not taken for an escape.
    [GeneratedRegex(@"\\\\|\\u(?<high>D[89AB][0-9A-F]{2})\\u(?<low>D[C-F][0-9A-F]{2})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();
}
