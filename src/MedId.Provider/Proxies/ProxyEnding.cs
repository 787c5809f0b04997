using MedId.Core;

namespace MedId.Provider;

/// <summary>Changes a relation, and tells everybody of the consents that ended with it.</summary>
internal sealed class ProxyEnding(IProviderStore store, WithdrawalReach reach)
{
    public async ValueTask<MedIdResult<ProxyRelation>> ChangeAsync(ProxyRelation known, ProxyChange change, string? actingDevice, CancellationToken cancellationToken)
    {
        // Read before: afterwards it cannot be told which of them ended just now.
        var standing = change.Event == ProxyEvent.End
            ? (await store.ListConsentsByProxyAsync(known.Tenant, known.Proxy, cancellationToken).ConfigureAwait(false))
                .Where(consent => consent.Proxy!.RelationId == known.Id && consent.IsActive(change.At)).Select(consent => consent.Id).ToHashSet(StringComparer.Ordinal)
            : [];
        var changed = await store.ChangeProxyRelationAsync(change, cancellationToken).ConfigureAwait(false);
        if (changed.Succeeded && standing.Count > 0)
        {
            var ended = (await store.ListConsentsByProxyAsync(known.Tenant, known.Proxy, cancellationToken).ConfigureAwait(false)).Where(consent => standing.Contains(consent.Id)).ToList();
            await reach.TellAsync(ended, actingDevice, cancellationToken).ConfigureAwait(false);
        }

        return changed;
    }
}
