using System.Globalization;
using System.Resources;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What proxies read, in ja and en.</summary>
internal static class ProxyTexts
{
    private static readonly ResourceManager Resources = new(typeof(ProxyTexts));

    public static string Get(string name, string language) =>
        Find(name, language) ?? throw new ArgumentException("There is no such text in that language.", nameof(name));

    public static string Relationship(ProxyRelationship relationship, string language) => Get("Relationship_" + relationship, language);

    /// <summary>The words of a purpose, said to somebody who decides for another.</summary>
    public static string? FindPurpose(string code, string language) => Find("Purpose_" + code, language);

    /// <summary>A sentence with names in it: names are put in as they are, never read as a pattern.</summary>
    public static string Say(string name, string language, params ReadOnlySpan<string> values)
    {
        var text = Get(name, language);
        for (var i = 0; i < values.Length; i++)
        {
            text = text.Replace($"{{{i.ToString(CultureInfo.InvariantCulture)}}}", values[i].Replace('{', '(').Replace('}', ')'), StringComparison.Ordinal);
        }

        return text;
    }

    private static string? Find(string name, string language) =>
        NoticeTexts.Supports(language) ? Resources.GetString(name, CultureInfo.GetCultureInfo(language)) : null;
}
