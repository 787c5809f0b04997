using System.Text.Json;

namespace MedId.Provider;

/// <summary>Reasons as codes.</summary>
internal static class AuditReasons
{
    /// <summary>The name of one of our events as data spells it: <c>report-lost</c>.</summary>
    public static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
