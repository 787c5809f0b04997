using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Which authenticators may answer: <c>Policy</c>. UAF 1.1 protocol §3.1.</summary>
public sealed record UafPolicy
{
    /// <summary><c>accepted</c>: alternatives in order of preference; the criteria inside one alternative are needed together.</summary>
    public required IReadOnlyList<IReadOnlyList<MatchCriteria>> Accepted { get; init; }

    /// <summary><c>disallowed</c>: wins over <see cref="Accepted"/>.</summary>
    public IReadOnlyList<MatchCriteria> Disallowed { get; init; } = [];

    /// <summary>A policy of alternatives, each one authenticator.</summary>
    /// <param name="alternatives">At least one, in order of preference.</param>
    /// <exception cref="ArgumentException">None given.</exception>
    public static UafPolicy AnyOf(params IReadOnlyList<MatchCriteria> alternatives)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        return alternatives.Count > 0
            ? new UafPolicy { Accepted = [.. alternatives.Select(criteria => (IReadOnlyList<MatchCriteria>)[criteria])] }
            : throw new ArgumentException("A policy accepts something.", nameof(alternatives));
    }

    /// <summary>A policy that accepts any of these models.</summary>
    /// <param name="models">At least one.</param>
    /// <exception cref="ArgumentException">None given.</exception>
    public static UafPolicy ForModels(params IReadOnlyList<Aaid> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return models.Count > 0
            ? AnyOf(new MatchCriteria { Aaids = [.. models] })
            : throw new ArgumentException("A policy accepts something.", nameof(models));
    }

    /// <summary>A policy that accepts exactly these registered keys: for a user who is already known.</summary>
    /// <param name="registrations">At least one.</param>
    /// <exception cref="ArgumentException">None given.</exception>
    public static UafPolicy ForKeys(params IReadOnlyList<UafRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        return AnyOf([.. registrations.Select(Key)]);
    }

    /// <summary>This policy, which also disallows the keys that the user has: one criteria a key, so that no authenticator is registered twice.</summary>
    /// <param name="registrations">The user's registrations.</param>
    public UafPolicy WithoutRegistered(IReadOnlyList<UafRegistration> registrations)
    {
        ArgumentNullException.ThrowIfNull(registrations);
        return this with { Disallowed = [.. Disallowed, .. registrations.Select(Key)] };
    }

    /// <summary>Reads a policy that was stored by <see cref="ToJson"/> or came from elsewhere.</summary>
    /// <param name="json">The JSON object.</param>
    /// <returns>The policy, or <c>uaf.request_malformed</c>.</returns>
    public static MedIdResult<UafPolicy> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var problems = new UafJsonProblems();
        if (UafJson.TryParse(json) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, UafSections.Dictionaries, "policy");
        }

        var policy = UafPolicyJson.Read(new UafJsonObject(document, "policy", problems));
        return problems.First is null ? policy : problems.ToError(UafErrorCodes.RequestMalformed, UafSections.Dictionaries);
    }

    /// <summary>The JSON object, as in a request.</summary>
    public string ToJson() => UafJson.Write(writer => UafPolicyJson.Write(writer, this));

    /// <summary>Whether one authenticator may take part: it fits some accepted criteria and none that is disallowed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version that the authenticator states.</param>
    /// <param name="keyId">The key; null when not yet known.</param>
    public bool Allows(UafMetadataStatement model, ushort version, UafKeyId? keyId)
    {
        foreach (var criteria in Disallowed)
        {
            if (criteria.Matches(model, version, keyId))
            {
                return false;
            }
        }

        foreach (var alternative in Accepted)
        {
            foreach (var criteria in alternative)
            {
                if (criteria.Matches(model, version, keyId))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Says why an authenticator may or may not take part.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version that the authenticator states.</param>
    /// <param name="keyId">The key; null when not yet known.</param>
    public UafPolicyExplanation Explain(UafMetadataStatement model, ushort version, UafKeyId? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (var index = 0; index < Disallowed.Count; index++)
        {
            if (Disallowed[index].Matches(model, version, keyId))
            {
                return new(IsAllowed: false, [new($"disallowed[{index}]", null)]);
            }
        }

        var findings = new List<UafPolicyMismatch>();
        for (var alternative = 0; alternative < Accepted.Count; alternative++)
        {
            for (var index = 0; index < Accepted[alternative].Count; index++)
            {
                if (Accepted[alternative][index].FindMismatch(model, version, keyId) is not { } member)
                {
                    return new(IsAllowed: true, []);
                }

                findings.Add(new($"accepted[{alternative}][{index}]", member));
            }
        }

        return new(IsAllowed: false, findings);
    }

    /// <summary>
    /// A policy for a request to a user who is not known yet: the models alone, without those that keep their keys in KeyIDs. Naming KeyIDs to a stranger would say
    /// which accounts exist.
    /// </summary>
    /// <param name="models">The models that are accepted.</param>
    /// <exception cref="ArgumentException">None can answer without being named its key.</exception>
    public static UafPolicy ForAnyone(IEnumerable<UafMetadataStatement> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        Aaid[] first = [.. models.Where(model => !model.UsesKeyHandles).Select(model => model.Aaid)];
        return first.Length > 0 ? ForModels(first) : throw new ArgumentException("Every model keeps its keys in KeyIDs: such authenticators are second factors.", nameof(models));
    }

    /// <summary>Whether these authenticators together complete one alternative, each with a part in it.</summary>
    internal bool IsCompletedBy(IReadOnlyList<PolicyCandidate> candidates)
    {
        foreach (var alternative in Accepted)
        {
            if (candidates.All(candidate => alternative.Any(candidate.Fits)) && IsCompletedBy(alternative, 0, candidates, 0))
            {
                return true;
            }
        }

        return false;
    }

    // Each criteria of a set is met by an authenticator of its own: the specification's example has two equal ones in one set.
    private static bool IsCompletedBy(IReadOnlyList<MatchCriteria> alternative, int next, IReadOnlyList<PolicyCandidate> candidates, uint taken)
    {
        if (next == alternative.Count)
        {
            return true;
        }

        for (var index = 0; index < candidates.Count; index++)
        {
            if ((taken & (1u << index)) == 0 && candidates[index].Fits(alternative[next]) && IsCompletedBy(alternative, next + 1, candidates, taken | (1u << index)))
            {
                return true;
            }
        }

        return false;
    }

    private static MatchCriteria Key(UafRegistration registration) => new() { Aaids = [registration.Aaid], KeyIds = [registration.KeyId] };
}
