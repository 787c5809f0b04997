using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>The strict default: named frameworks only, treatment only, and what is labelled is always asked for.</summary>
public sealed record PreConsentPolicy : IPreConsentPolicy
{
    /// <summary>The frameworks that count, by their ids; empty: none.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = [];

    /// <summary>Criteria asked for beside those of the framework.</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];

    /// <summary>The ways of checking the person that count; null: all that <see cref="FaceToFaceRules.Methods"/> lists.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The purposes that count.</summary>
    /// <value>TREAT.</value>
    public IReadOnlyList<string> Purposes { get; init; } = ["TREAT"];

    /// <summary>The confidentiality codes that pass without asking; <c>sens/</c> and <c>btg</c> never do.</summary>
    /// <value>None: every <c>conf/</c> scope is asked for.</value>
    public IReadOnlyList<string> ConfidentialityCodes { get; init; } = [];

    /// <summary>How long ago the person may have given the consent by an act of a device.</summary>
    /// <value>366 days.</value>
    public TimeSpan LongestAge { get; init; } = TimeSpan.FromDays(366);

    /// <inheritdoc/>
    public bool MaySkipDevice(PreConsentCase facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Frameworks.Contains(facts.Trust.Framework, StringComparer.Ordinal)
            && !Criteria.Except(facts.Trust.Criteria, StringComparer.Ordinal).Any()
            && (Methods is null || Methods.Contains(facts.Presence.Method, StringComparer.Ordinal))
            && Purposes.Contains(facts.Purpose, StringComparer.Ordinal)
            && facts.Asked.All(MayPass)
            && facts.Consent.Act is { } act
            && facts.At <= act.At + LongestAge;
    }

    private bool MayPass(FhirScope scope) => scope.Kind switch
    {
        FhirScopeKind.Resource => true,
        FhirScopeKind.Confidentiality => ConfidentialityCodes.Contains(scope.Code, StringComparer.Ordinal),
        _ => false,
    };
}
