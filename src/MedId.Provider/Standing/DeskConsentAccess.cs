using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>A request within what the person agreed to at a reception desk, on paper or in words: decided without asking a device. Nobody authenticated for it, so tokens say no <c>auth_time</c>.</summary>
public sealed class DeskConsentAccess : IAccessPath
{
    private readonly IStandingConsentStore _store;

    /// <summary>Makes the path.</summary>
    /// <param name="kind"><see cref="ConsentGroundKind.Paper"/> or <see cref="ConsentGroundKind.Oral"/>.</param>
    /// <param name="store">The consents.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another kind.</exception>
    public DeskConsentAccess(ConsentGroundKind kind, IStandingConsentStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (kind is not (ConsentGroundKind.Paper or ConsentGroundKind.Oral))
        {
            throw new ArgumentOutOfRangeException(nameof(kind));
        }

        (Kind, _store) = (kind, store);
    }

    /// <inheritdoc/>
    public ConsentGroundKind Kind { get; }

    /// <inheritdoc/>
    public async ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        // A request that brings a code, a statement or an emergency is judged by what it brings.
        if (query.Details is not null || OneTimeCodes.IsHint(query.Request.Parameters) || query.Scopes.Any(static scope => scope.Kind == FhirScopeKind.BreakTheGlass))
        {
            return AccessPathAnswer.NotMine;
        }

        foreach (var consent in await _store.ListStandingConsentsAsync(query.Request.Tenant, query.Account.Id, cancellationToken).ConfigureAwait(false))
        {
            if (IsMine(query, consent) && StandingAccess.Decide(query, consent) is { } decision)
            {
                return decision with { Ground = decision.Ground with { Evidence = [Evidence(consent, consent.Witness!)] } };
            }
        }

        return AccessPathAnswer.NotMine;
    }

    private bool IsMine(AccessQuery query, StandingConsent consent) =>
        consent.Kind is StandingConsentKind.Paper or StandingConsentKind.Oral
        && StandingRules.GroundOf(consent.Kind) == Kind
        && consent.Witness is { } witness && (Kind == ConsentGroundKind.Oral ? witness.WitnessId is not null : witness.EvidenceDigest is not null)
        && consent.MayBeUsed(query.At)
        && string.Equals(consent.Subject, query.Account.Id, StringComparison.Ordinal)
        && consent.Recipients.Contains(query.Request.Client.ClientId, StringComparer.Ordinal);

    /// <summary>Paper has its scan; of words there is what two people attested.</summary>
    private ConsentEvidence Evidence(StandingConsent consent, StandingConsentWitness witness) => Kind == ConsentGroundKind.Paper
        ? new("paper-form", witness.InstitutionId, witness.EvidenceDigest!)
        : new("oral-witness", witness.InstitutionId, consent.Notice.Digest);
}
