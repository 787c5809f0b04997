namespace MedId.Consent;

/// <summary>Formats that say everything per clause: what all clauses say alike is the artefact's.</summary>
internal static class Hoist
{
    /// <summary>The value that all clauses have; null when they differ or have none.</summary>
    public static T? Common<T>(IReadOnlyList<ConsentClause> clauses, Func<ConsentClause, T?> read)
        where T : class =>
        clauses.Count > 0 && read(clauses[0]) is { } first && clauses.All(c => first.Equals(read(c))) ? first : null;

    /// <summary>The moment that all clauses have; null when they differ or have none.</summary>
    public static DateTimeOffset? Common(IReadOnlyList<ConsentClause> clauses, Func<ConsentClause, DateTimeOffset?> read) =>
        clauses.Count > 0 && read(clauses[0]) is { } first && clauses.All(c => read(c) == first) ? first : null;
}
