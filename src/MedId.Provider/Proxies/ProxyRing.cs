using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>Decides whose devices are asked about a request: the person's, or those of the proxies whose relation stands and covers at least a part of it.</summary>
internal sealed class ProxyRing(IProviderStore store, ProviderOptions options)
{
    public async ValueTask<Asked> WhoAsync(Account person, string purpose, IReadOnlyList<FhirScope> scopes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var able = await HasDeviceAsync(person.Id, at, cancellationToken).ConfigureAwait(false);
        if (options.Proxies is not { } policy)
        {
            return new(able, []);
        }

        var relations = (await store.ListProxyRelationsAsync(person.Tenant, person.Id, cancellationToken).ConfigureAwait(false))
            .Where(relation => string.Equals(relation.Patient, person.Id, StringComparison.Ordinal)).ToList();

        var asksPerson = able && IsAlone(relations, policy, at);
        List<AskedProxy> proxies = [];
        foreach (var relation in asksPerson && policy.Asking == ProxyAsking.PersonElseProxies ? [] : relations)
        {
            if (await AskAsync(relation, purpose, scopes, at, cancellationToken).ConfigureAwait(false) is { } proxy)
            {
                proxies.Add(proxy);
            }
        }

        return new(asksPerson, proxies);
    }

    /// <summary>Why a person may not agree to anything on their own device, also not beforehand; null when they may.</summary>
    public async ValueTask<MedIdError?> RefuseOwnAsync(string personId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (options.Proxies is not { } policy)
        {
            return null;
        }

        var relations = (await store.ListProxyRelationsAsync(options.Tenant, personId, cancellationToken).ConfigureAwait(false))
            .Where(relation => string.Equals(relation.Patient, personId, StringComparison.Ordinal)).ToList();
        return IsAlone(relations, policy, at)
            ? null
            : new MedIdError(ProviderErrorCodes.DecidedByProxy, ErrorCategory.Policy, ProxyTransitions.Section, "a minor who does not decide alone yet, or somebody in whose place a guardian stands");
    }

    /// <summary>That a child is a child does not end with a relation.</summary>
    private static bool IsAlone(List<ProxyRelation> relations, ProxyOptions policy, DateTimeOffset at) =>
        !relations.Exists(relation => relation.ConsentsAloneAt > at)
        && !relations.Exists(relation => relation.IsActive(at) && policy.InPlaceOfThePerson.Contains(relation.Relationship));

    private async ValueTask<AskedProxy?> AskAsync(ProxyRelation relation, string purpose, IReadOnlyList<FhirScope> scopes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!relation.IsActive(at) || !relation.Purposes.Contains(purpose, StringComparer.Ordinal))
        {
            return null;
        }

        var covered = ProxyRules.Covered(relation, scopes.Select(scope => scope.Value));
        var shown = scopes.Where(scope => covered.Contains(scope.Value, StringComparer.Ordinal)).ToList();
        return shown.Exists(scope => scope.Kind == FhirScopeKind.Resource)
            && await store.FindAccountAsync(relation.Tenant, relation.Proxy, cancellationToken).ConfigureAwait(false) is { Status: AccountStatus.Active } account
            && await HasDeviceAsync(account.Id, at, cancellationToken).ConfigureAwait(false)
            ? new(relation, account, shown)
            : null;
    }

    private async ValueTask<bool> HasDeviceAsync(string accountId, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await store.ListDevicesAsync(options.Tenant, accountId, cancellationToken).ConfigureAwait(false)).Any(device => device.MayActAt(at));

    internal sealed record Asked(bool Person, IReadOnlyList<AskedProxy> Proxies)
    {
        public bool Nobody => !Person && Proxies.Count == 0;
    }

    internal sealed record AskedProxy(ProxyRelation Relation, Account Account, IReadOnlyList<FhirScope> Scopes);
}
