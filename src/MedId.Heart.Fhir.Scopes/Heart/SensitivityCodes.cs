using System.Collections.Frozen;
using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// The sensitivity codes of HL7 v3 ActCode (value set InformationSensitivityPolicy, FHIR R4), and <c>SOC</c> and <c>DIAG</c>, which HEART deployments use though
/// ActCode does not have them.
/// </summary>
internal static class SensitivityCodes
{
    private static readonly FrozenSet<string> Codes = new[]
    {
        "ETH", "GDIS", "HIV", "MST", "SCA", "SDV", "SEX", "SPI", "STD", "TBOO", "VIO", "SICKLE", "BH", "MH", "PSY", "PSYTHPN", "SUD", "COGN", "DVD", "EMOTDIS", "ETHUD",
        "OPIOIDUD", "DEMO", "DOB", "GENDER", "LIVARG", "MARST", "RACE", "REL", "B", "EMPL", "LOCIS", "SSP", "ADOL", "CEL", "DIA", "DRGIS", "EMP", "PDS", "PHY", "PRS",
        "SOC", "DIAG",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Code and the code above it in ActCode; the heads of the value sets are left out.</summary>
    private static readonly FrozenDictionary<string, string> Parents = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BH"] = "SPI",
        ["MH"] = "SPI",
        ["PSY"] = "SPI",
        ["PSYTHPN"] = "SPI",
        ["SUD"] = "SPI",
        ["COGN"] = "BH",
        ["DVD"] = "BH",
        ["EMOTDIS"] = "BH",
        ["ETHUD"] = "SUD",
        ["OPIOIDUD"] = "SUD",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>ActCode's refrain and obligation policies: labels that say how to handle data, not how sensitive it is.</summary>
    private static readonly FrozenSet<string> Handling = new[]
    {
        "NOAUTH", "NOCOLLECT", "NODSCLCD", "NODSCLCDS", "NOINTEGRATE", "NOLIST", "NOMOU", "NOORGPOL", "NOPAT", "NOPERSISTP", "NORDSCLCD", "NORDSCLCDS", "NORDSCLW",
        "NORELINK", "NOREUSE", "NOVIP", "ORCON", "ANONY", "AOD", "AUDIT", "AUDTR", "CPLYCC", "CPLYCD", "CPLYJPP", "CPLYOPP", "CPLYOSP", "CPLYPOL",
        "DECLASSIFYLABEL", "DEID", "DELAU", "DOWNGRDLABEL", "DRIVLABEL", "ENCRYPT", "HUAPRV", "LABEL", "MASK", "MINEC", "PERSISTLABEL", "PRIVMARK", "PSEUD",
        "REDACT", "UPGRDLABEL",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string code) => Codes.Contains(code);

    public static IEnumerable<string> Known => Codes;

    public static bool IsHandling(ReadOnlySpan<byte> code)
    {
        Span<char> text = stackalloc char[16];
        return code.Length <= text.Length && Handling.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..Encoding.Latin1.GetChars(code, text)]);
    }

    public static string? Find(ReadOnlySpan<byte> code)
    {
        Span<char> text = stackalloc char[16];
        return code.Length <= text.Length
            && Codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..Encoding.Latin1.GetChars(code, text)], out var known)
            ? known
            : null;
    }

    public static string? ParentOf(string code) => Parents.GetValueOrDefault(code);
}
