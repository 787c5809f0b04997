using System.Text.Json;

namespace MedId.Fido.Metadata;

/// <summary>The names of a model, read alike from a statement and from an entry of the BLOB. FIDO MDS 3.0 §3.1.1.</summary>
internal readonly record struct ModelIdentity(Guid? Aaguid, string? Aaid, IReadOnlyList<string> KeyIdentifiers)
{
    private const int KeyIdentifierDigits = 40;

    public bool IsNamed => Aaguid is not null || Aaid is not null || KeyIdentifiers.Count > 0;

    public static ModelIdentity Read(MetadataJson members)
    {
        var problem = members.Problem;
        Guid? aaguid = null;
        if (members.Text("aaguid") is { } text)
        {
            if (Guid.TryParseExact(text, "D", out var parsed))
            {
                aaguid = parsed;
            }
            else
            {
                problem.Add("aaguid", "must be 32 hexadecimal digits in five groups");
            }
        }

        var aaid = members.Text("aaid");
        if (aaid is not null && !IsAaid(aaid))
        {
            problem.Add("aaid", "must be 4 hexadecimal digits, # and 4 more");
        }

        var identifiers = members.List("attestationCertificateKeyIdentifiers", ReadKeyIdentifier);
        return new(aaguid, aaid?.ToUpperInvariant(), identifiers);
    }

    public static bool IsAaid(string text) => text.Length == 9 && text[4] == '#' && text.Where((_, index) => index != 4).All(char.IsAsciiHexDigit);

    private static string ReadKeyIdentifier(JsonElement element, JsonProblem problem)
    {
        if (MetadataJson.TextOf(element, "attestationCertificateKeyIdentifiers", KeyIdentifierDigits, problem) is { Length: KeyIdentifierDigits } text && text.All(char.IsAsciiHexDigit))
        {
            return text.ToLowerInvariant();
        }

        problem.Add("attestationCertificateKeyIdentifiers", "must be 40 hexadecimal digits");
        return string.Empty;
    }
}
