using System.Globalization;

namespace MedId.Provider;

/// <summary>What may be a person's name on a notice. Its length is counted as people count it: a kanji with its variation selector is one.</summary>
internal static class PersonName
{
    private const int MostUnits = 16 * ProxyDesk.LongestName;

    public static bool IsOne(string name) =>
        name.Length <= MostUnits && DeviceName.IsShowable(name) && new StringInfo(name).LengthInTextElements <= ProxyDesk.LongestName;
}
