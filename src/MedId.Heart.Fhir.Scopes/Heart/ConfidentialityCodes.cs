namespace MedId.Heart.Fhir.Scopes;

/// <summary>The active codes of HL7 v3 Confidentiality in FHIR R4 (OID 2.16.840.1.113883.5.25), from open to closed.</summary>
internal static class ConfidentialityCodes
{
    private static readonly string[] Ordered = ["U", "L", "M", "N", "R", "V"];

    public static IReadOnlyList<string> All => Ordered;

    public static bool IsActive(string code) => Rank(code) >= 0;

    /// <summary>U, L, M and N: what a token sees without any <c>conf/</c> scope, unless the server is strict.</summary>
    public static bool IsBaseline(string code) => Rank(code) is >= 0 and <= 3;

    /// <summary>Position in U &lt; L &lt; M &lt; N &lt; R &lt; V; negative for any other code.</summary>
    public static int Rank(string code) => Array.IndexOf(Ordered, code);

    /// <summary>The active code that these characters are; null for any other.</summary>
    public static string? Find(ReadOnlySpan<byte> code)
    {
        foreach (var known in Ordered)
        {
            if (code.Length == 1 && code[0] == known[0])
            {
                return known;
            }
        }

        return null;
    }

    public static IEnumerable<string> AboveBaseline() => Ordered[4..];
}
