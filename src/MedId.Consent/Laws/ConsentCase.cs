namespace MedId.Consent;

/// <summary>The facts about one consent, its notice and one transfer, as far as laws ask for them. A member that is null is not known, and a rule that needs it is undecidable.</summary>
/// <remarks>
/// Members are facts that somebody found, never wishes: nothing here is derived from another member. Their names in data and in answers are those of the members in lower case with
/// underscores (<c>special_care_data</c>). The rules ask for facts, and the law that asks is chosen by the jurisdictions; see <see cref="ConsentLaws"/>.
/// </remarks>
public sealed partial record ConsentCase
{
    /// <summary>The names of all facts.</summary>
    public static IReadOnlyList<string> FactNames { get; } = [.. CaseFacts.All.Select(f => f.Name)];

    /// <summary>The names of the facts that are known, in the order of <see cref="FactNames"/>.</summary>
    public IReadOnlyList<string> Known => [.. CaseFacts.All.Where(f => f.Read(this) is not null).Select(f => f.Name)];

    /// <inheritdoc/>
    public override string ToString() => $"consent case, {Known.Count} of {FactNames.Count} facts known";
}
