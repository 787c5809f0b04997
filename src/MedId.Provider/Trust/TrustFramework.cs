namespace MedId.Provider;

/// <summary>An agreement by which services are vetted and the OP relies on it (the study's service assessment body, row A13).</summary>
public sealed record TrustFramework
{
    /// <summary>The longest life of a statement that may be configured.</summary>
    public static readonly TimeSpan MostStatementLife = TimeSpan.FromDays(366);

    /// <summary>Its identifier, as it stands in statements and in consents given beforehand; an absolute URI.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for patients, Japanese.</summary>
    public required string JapaneseName { get; init; }

    /// <summary>Its name for patients, English.</summary>
    public required string EnglishName { get; init; }

    /// <summary>Who may vet for it; each issuer once, at least one.</summary>
    public required IReadOnlyList<TrustAssessor> Assessors { get; init; }

    /// <summary>The criteria that a service has to have passed: all of them.</summary>
    public IReadOnlyList<string> RequiredCriteria { get; init; } = [];

    /// <summary>The levels that count, where the framework has levels; empty: none is asked for.</summary>
    public IReadOnlyList<string> AcceptedLevels { get; init; } = [];

    /// <summary>The longest time for which an assessor may vouch at once; what is found later is known by then at the latest.</summary>
    /// <value>90 days.</value>
    public TimeSpan LongestStatement { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The services that are suspended, dated; held by the operator.</summary>
    public IReadOnlyList<RecipientSuspension> Suspensions { get; init; } = [];

    /// <summary>The name for patients.</summary>
    /// <param name="language"><c>ja</c>, or English for every other.</param>
    public string NameIn(string language) => language == "ja" ? JapaneseName : EnglishName;

    /// <summary>What is missing or contradictory.</summary>
    /// <param name="fetchesKeys">Whether somebody fetches published keys.</param>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate(bool fetchesKeys)
    {
        var wrong = new List<string>();
        Require(Uri.TryCreate(Id, UriKind.Absolute, out _), "the id is an absolute URI.");
        Require(Texts.IsShort(JapaneseName) && Texts.IsShort(EnglishName), "it has a name in Japanese and in English, of at most 200 characters.");
        Require(Assessors.Count > 0 && Assessors.Select(one => one.Issuer).Distinct(StringComparer.Ordinal).Count() == Assessors.Count, "it has at least one assessor, each once.");
        Require(Assessors.All(one => (one.Keys is null) != (one.JwksUri is null)), "an assessor has either keys or a JwksUri.");
        Require(fetchesKeys || Assessors.All(one => one.JwksUri is null), "an assessor has a JwksUri and nobody fetches keys: call AddRemoteKeys.");
        Require(LongestStatement > TimeSpan.Zero && LongestStatement <= MostStatementLife, "LongestStatement is more than zero and at most 366 days.");
        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add($"TrustFramework {Id}: {message}");
            }
        }
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
