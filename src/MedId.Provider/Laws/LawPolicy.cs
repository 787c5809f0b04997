using MedId.Consent;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Which laws consents are held against, and what follows. Either it names jurisdictions, or it says why nothing is checked; there is no silent third.</summary>
/// <remarks>An aid for engineers, not legal advice. Facts that nobody states leave a rule undecidable: a person's age where the account has none, the agreements with the recipient.</remarks>
public sealed record LawPolicy
{
    private LawPolicy()
    {
    }

    /// <summary>Where the persons live: ISO 3166 code.</summary>
    public string SubjectJurisdiction { get; init; } = string.Empty;

    /// <summary>Where the holder of the data is established.</summary>
    public string ProviderJurisdiction { get; init; } = string.Empty;

    /// <summary>Where recipients are established.</summary>
    public string RecipientJurisdiction { get; init; } = string.Empty;

    /// <summary>Recipients that are established elsewhere, by client id.</summary>
    public IReadOnlyDictionary<string, string> RecipientsElsewhere { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The rules.</summary>
    /// <value><see cref="LawRules.Current"/>.</value>
    public LawRules Rules { get; init; } = LawRules.Current;

    /// <summary>Rules that do not stop a consent where they are not met, by identifier; their finding is recorded. Every other binding rule stops.</summary>
    public IReadOnlyCollection<string> OnlyRecorded { get; init; } = [];

    /// <summary>Rules that stop a consent also where they cannot be decided. Every other undecidable finding is recorded.</summary>
    public IReadOnlyCollection<string> MustBeDecided { get; init; } = [];

    /// <summary>Facts that the operator knows and states, over those that the OP knows itself. The record is null when the host starts: then everything that is of no person is stated.</summary>
    public Func<ConsentRecord?, ConsentCase, ConsentCase>? Complete { get; init; }

    /// <summary>Why nothing is checked; null when something is.</summary>
    public string? OffBecause { get; private init; }

    /// <summary>Everybody in one jurisdiction.</summary>
    /// <param name="jurisdiction">ISO 3166 code: <c>JP</c>, <c>DE</c>, <c>US-CA</c>.</param>
    /// <returns>A policy; change it with <c>with</c>.</returns>
    /// <exception cref="ArgumentException">No code was given.</exception>
    public static LawPolicy In(string jurisdiction)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jurisdiction);
        return new() { SubjectJurisdiction = jurisdiction, ProviderJurisdiction = jurisdiction, RecipientJurisdiction = jurisdiction };
    }

    /// <summary>Nothing is checked. The host says so in its log whenever it starts.</summary>
    /// <param name="reason">Why, for whoever audits.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentException">No reason was given.</exception>
    public static LawPolicy Off(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new() { OffBecause = reason };
    }

    /// <summary>Where a recipient is.</summary>
    internal string JurisdictionOf(string clientId) => RecipientsElsewhere.TryGetValue(clientId, out var elsewhere) ? elsewhere : RecipientJurisdiction;

    /// <summary>What is wrong with the policy itself.</summary>
    internal IEnumerable<string> Mistakes()
    {
        if (OffBecause is not null)
        {
            yield break;
        }

        foreach (var place in (string[])[SubjectJurisdiction, ProviderJurisdiction, RecipientJurisdiction, .. RecipientsElsewhere.Values])
        {
            if (!IsPlace(place))
            {
                yield return $"Laws: '{place}' is no jurisdiction; name one like JP, DE or US-CA.";
            }
        }

        foreach (var rule in OnlyRecorded.Concat(MustBeDecided).Where(rule => Rules.FindRule(rule) is null))
        {
            yield return $"Laws: there is no rule {rule} in the table.";
        }
    }

    private bool IsPlace(string place)
    {
        try
        {
            ConsentLaws.Choose(Rules, new() { SubjectJurisdiction = place });
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
