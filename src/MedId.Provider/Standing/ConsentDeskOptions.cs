using MedId.Core;

namespace MedId.Provider;

/// <summary>Consent on paper and in words, taken at reception desks. Never unlimited, and never by a notice on the wall.</summary>
public sealed class ConsentDeskOptions
{
    /// <summary>The desks.</summary>
    public IList<ConsentDeskClient> Desks { get; } = [];

    /// <summary>The longest time from the person's act to the end of the consent.</summary>
    /// <value>90 days; at most 366.</value>
    public TimeSpan LongestValidity { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The longest time that one use may open data.</summary>
    /// <value>1 hour; at most <see cref="ProviderOptions.LongestAccess"/>.</value>
    public TimeSpan LongestAccess { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long ago the person may have acted when the desk records it.</summary>
    /// <value>7 days; at most <see cref="LongestValidity"/>.</value>
    public TimeSpan OldestAct { get; set; } = TimeSpan.FromDays(7);

    internal ConsentDeskClient? Find(string clientId) => Desks.FirstOrDefault(desk => string.Equals(desk.ClientId, clientId, StringComparison.Ordinal));

    internal IEnumerable<(bool Holds, string Message)> Rules(ProviderOptions options)
    {
        yield return (Desks.Count > 0 && Desks.All(IsWhole), "ConsentDesks.Desks: at least one, each with client id, institution, its name, and the clients that it serves.");
        yield return (Desks.Select(static desk => desk.ClientId).Distinct(StringComparer.Ordinal).Count() == Desks.Count, "ConsentDesks.Desks: a client is one desk.");
        yield return (LongestValidity > TimeSpan.Zero && LongestValidity <= ProviderOptions.LongestAccess, "ConsentDesks.LongestValidity has to be more than zero and at most 366 days; an unlimited consent is refused.");
        yield return (LongestAccess > TimeSpan.Zero && LongestAccess <= ProviderOptions.LongestAccess, "ConsentDesks.LongestAccess has to be more than zero and at most 366 days.");
        yield return (OldestAct > TimeSpan.Zero && OldestAct <= LongestValidity, "ConsentDesks.OldestAct has to be more than zero and at most LongestValidity.");
        yield return (options.HasClassFor(ConsentGroundKind.Paper), "ConsentDesks: no class of AcrTable names the protocol paper.");
        yield return (options.HasClassFor(ConsentGroundKind.Oral), "ConsentDesks: no class of AcrTable names the protocol oral.");
    }

    private static bool IsWhole(ConsentDeskClient desk) =>
        !string.IsNullOrWhiteSpace(desk.ClientId) && !string.IsNullOrWhiteSpace(desk.InstitutionId) && !string.IsNullOrWhiteSpace(desk.Institution)
        && desk.Serves.Count > 0 && !desk.Serves.Any(string.IsNullOrWhiteSpace);
}
