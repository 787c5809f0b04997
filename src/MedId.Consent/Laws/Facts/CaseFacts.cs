using System.Collections.Frozen;

namespace MedId.Consent;

/// <summary>Every fact of <see cref="ConsentCase"/>, by the chapters of that record.</summary>
internal static partial class CaseFacts
{
    public static IReadOnlyList<CaseFact> All { get; } = [.. Parties, .. Data, .. Consent, .. Choice, .. Notice, .. Transfer, .. Posted, .. Europe, .. California];

    private static FrozenDictionary<string, CaseFact> ByName { get; } = All.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static CaseFact? Find(string name) => ByName.GetValueOrDefault(name);
}
