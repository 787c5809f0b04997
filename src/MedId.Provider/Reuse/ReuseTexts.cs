using System.Globalization;
using System.Resources;

namespace MedId.Provider;

/// <summary>What patients read about asking again, and about changes of a notice.</summary>
internal static class ReuseTexts
{
    private static readonly ResourceManager Resources = new(typeof(ReuseTexts));

    public static DashboardText OfVariant(Core.ConsentReuse variant, string language) => new(Get("Reuse_" + variant, language), language);

    public static string Get(string name, string language) =>
        NoticeTexts.Supports(language) && Resources.GetString(name, CultureInfo.GetCultureInfo(language)) is { } text
            ? text
            : throw new ArgumentException("There is no such text in that language.", nameof(name));
}
