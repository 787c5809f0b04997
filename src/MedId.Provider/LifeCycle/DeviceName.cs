using System.Globalization;
using System.Text;

namespace MedId.Provider;

/// <summary>What may be a device's name: it is shown to its owner and nobody else, and still holds nothing that could make it look like something else.</summary>
internal static class DeviceName
{
    public static bool IsOne(string name) => name.Length <= DeviceLifeCycle.LongestName && IsShowable(name);

    /// <summary>Whether all of it can be seen, and it changes nothing beside it.</summary>
    public static bool IsShowable(string name) => !string.IsNullOrWhiteSpace(name) && IsWellFormed(name)
        && name.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));

    // A lone surrogate turns into a replacement character where it is written.
    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
