using System.Text.Json;
using System.Text.RegularExpressions;
using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>Who is right where the two verifiers disagree, by which section, with one case that shows it: a file of <c>tests/vectors/pki-differential</c>.</summary>
internal sealed record Ruling
{
    private const string Anything = "*";

    public required string Id { get; init; }

    /// <summary>What this library said; <c>*</c> stands for anything.</summary>
    public required string Ours { get; init; }

    /// <summary>What openssl said; <c>*</c> stands for anything.</summary>
    public required string OpenSsl { get; init; }

    /// <summary>The kinds of case it is about; <c>*</c> for all.</summary>
    public required string Category { get; init; }

    /// <summary>What has to be in the changed field's name; null for any field.</summary>
    public string? Where { get; init; }

    /// <summary>ours, openssl, or both where the standard leaves it open.</summary>
    public required string Right { get; init; }

    public required string Section { get; init; }

    public required string Why { get; init; }

    public required DiffCase Case { get; init; }

    public static string Folder { get; } = Checkout.PathOf("tests", "vectors", "pki-differential");

    public static IReadOnlyList<Ruling> All { get; } = [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    public bool Covers(DiffCase asked, Verdict ours, Verdict theirs) =>
        Matches(Category, asked.Category) && Matches(Ours, ours.Reason) && Matches(OpenSsl, theirs.Reason) && (Where is null || asked.Where.Contains(Where, StringComparison.Ordinal));

    public bool Covers(Verdict ours) => Matches(Ours, ours.Reason);

    public bool CoversTheirs(Verdict theirs) => Matches(OpenSsl, theirs.Reason);

    /// <summary>A case as a file of its own, for somebody to rule on.</summary>
    public static string Write(DiffCase asked, Verdict ours, Verdict theirs)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("ours", ours.Reason);
            json.WriteString("openssl", theirs.Reason);
            json.WriteString("category", asked.Category);
            json.WriteString("where", asked.Where);
            json.WriteString("right", string.Empty);
            json.WriteString("section", string.Empty);
            json.WriteString("why", string.Empty);
            json.WriteStartObject("case");
            json.WriteString("how", asked.How);
            json.WriteString("at", asked.At);
            json.WriteString("policy", asked.Policy);
            json.WriteBase64String("target", asked.Target);
            json.WriteStartArray("intermediates");
            foreach (var certificate in asked.Intermediates)
            {
                json.WriteBase64StringValue(certificate);
            }

            json.WriteEndArray();
            json.WriteBase64String("anchor", asked.Anchor);
            Optional(json, "crl", asked.Crl);
            Optional(json, "ocsp", asked.Ocsp);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Optional(Utf8JsonWriter json, string name, byte[]? value)
    {
        if (value is not null)
        {
            json.WriteBase64String(name, value);
        }
    }

    private static Ruling Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var root = document.RootElement;
        var kept = root.GetProperty("case");
        return new()
        {
            Id = Path.GetFileNameWithoutExtension(file),
            Ours = Text(root, "ours"),
            OpenSsl = Text(root, "openssl"),
            Category = Text(root, "category"),
            Where = root.TryGetProperty("where", out var where) ? where.GetString() : null,
            Right = Text(root, "right"),
            Section = Text(root, "section"),
            Why = Text(root, "why"),
            Case = new()
            {
                Category = Text(root, "category"),
                How = Text(kept, "how"),
                Where = "vector",
                At = kept.GetProperty("at").GetDateTimeOffset(),
                Policy = kept.GetProperty("policy").GetString(),
                Target = kept.GetProperty("target").GetBytesFromBase64(),
                Intermediates = [.. kept.GetProperty("intermediates").EnumerateArray().Select(certificate => certificate.GetBytesFromBase64())],
                Anchor = kept.GetProperty("anchor").GetBytesFromBase64(),
                Crl = kept.TryGetProperty("crl", out var crl) ? crl.GetBytesFromBase64() : null,
                Ocsp = kept.TryGetProperty("ocsp", out var ocsp) ? ocsp.GetBytesFromBase64() : null,
            },
        };
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace(Regex.Escape(Anything), ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
