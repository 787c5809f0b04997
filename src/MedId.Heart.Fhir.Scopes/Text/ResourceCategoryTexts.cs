using System.Globalization;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Scopes and resource types in words that patients understand, for the consent screen and the consent history; in Japanese and English.</summary>
public static class ResourceCategoryTexts
{
    private const int MaxForeignText = 80;

    /// <summary>The version of the words; a signed notice names it.</summary>
    public const string Version = "2026-11";

    /// <summary>What a scope opens. No scope is dropped: one that has no words of its own is named.</summary>
    /// <remarks>
    /// A scope that only views one patient's data is the category alone (<c>薬の服用に関する情報</c>); what adds, changes or deletes is said behind it, as is whose data it is when it is not
    /// the patient's, and a constraint.
    /// </remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="language">A BCP 47 tag; Japanese for <c>ja</c>, English for all others.</param>
    public static string Describe(FhirScope scope, string language)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(language);
        return scope.Kind switch
        {
            FhirScopeKind.Resource => DescribeResource(scope, language),
            FhirScopeKind.Confidentiality => TextTable.Get("conf." + scope.Code, language),
            FhirScopeKind.Sensitivity => TextTable.Fill("sens", language, TextTable.Get("sens." + scope.Code, language)),
            FhirScopeKind.BreakTheGlass => TextTable.Get("btg", language),
            _ => Named("other.", scope.Value, language),
        };
    }

    /// <summary>A resource type, without what is done with it.</summary>
    /// <param name="resourceType">The type, or <c>*</c>; one that has no words of its own is named.</param>
    /// <param name="language">A BCP 47 tag.</param>
    public static string Category(string resourceType, string language)
    {
        ArgumentNullException.ThrowIfNull(resourceType);
        ArgumentNullException.ThrowIfNull(language);
        return Named("type.", resourceType, language);
    }

    /// <summary>What is done: <c>閲覧・追加</c>. Search is a way of viewing.</summary>
    /// <param name="permissions">At least one interaction.</param>
    /// <param name="language">A BCP 47 tag.</param>
    public static string Actions(FhirPermissions permissions, string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var acts = new List<string>(4);
        Add(FhirPermissions.ReadSearch, "act.read");
        Add(FhirPermissions.Create, "act.create");
        Add(FhirPermissions.Update, "act.update");
        Add(FhirPermissions.Delete, "act.delete");
        return string.Join(TextTable.Get("act.join", language), acts);

        void Add(FhirPermissions letters, string key)
        {
            if ((permissions & letters) != FhirPermissions.None)
            {
                acts.Add(TextTable.Get(key, language));
            }
        }
    }

    // "?" is the key of the words for whatever has none.
    private static string Named(string area, string name, string language) =>
        name is not "?" && TextTable.Find(area + name, language) is { } text ? text : TextTable.Fill(area + "?", language, Plain(name));

    private static string DescribeResource(FhirScope scope, string language)
    {
        var text = Category(scope.ResourceType!, language);
        var limits = scope.Constraints.Where(constraint => !IsCategory(scope, constraint, language, ref text)).Select(constraint => Plain(constraint.ToString())).ToArray();
        text = limits.Length == 0 ? text : TextTable.Fill("limited", language, text, string.Join(", ", limits));
        text = scope.PermissionType == FhirPermissionType.Patient ? text : TextTable.Fill("whose." + scope.PermissionType, language, text);
        return (scope.Permissions & FhirPermissions.Write) == FhirPermissions.None ? text : TextTable.Fill("acts", language, text, Actions(scope.Permissions, language));
    }

    // category=…|laboratory has words of its own; they are taken only where every value has them, and only once.
    private static bool IsCategory(FhirScope scope, ScopeConstraint constraint, string language, ref string text)
    {
        if (constraint.Parameter is not "category" || scope.Constraints.Count(one => one.Parameter is "category") != 1)
        {
            return false;
        }

        var system = scope.ResourceType switch
        {
            "Observation" => "http://terminology.hl7.org/CodeSystem/observation-category",
            "Condition" => "http://terminology.hl7.org/CodeSystem/condition-category",
            _ => null,
        };
        var words = new List<string>();
        foreach (var token in constraint.Tokens)
        {
            if (system is null || !(token.AnySystem || string.Equals(token.System, system, StringComparison.Ordinal))
                || TextTable.Find(scope.ResourceType!.ToLowerInvariant() + "." + token.Code, language) is not { } word)
            {
                return false;
            }

            words.Add(word);
        }

        text = string.Join(TextTable.Get("act.join", language), words);
        return true;
    }

    /// <summary>Text that came from outside, fit to stand on a screen: no control or formatting characters that could turn the rest of the line, and not too long.</summary>
    private static string Plain(string text)
    {
        var characters = text.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)).ToArray();
        if (characters.Length <= MaxForeignText)
        {
            return new(characters);
        }

        var end = char.IsHighSurrogate(characters[MaxForeignText - 1]) ? MaxForeignText - 1 : MaxForeignText;
        return new string(characters, 0, end) + "…";
    }
}
