using MedId.Core;

namespace MedId.Provider;

/// <summary>Relations, by atomic verbs (row A14). Every change writes a line into the history of both accounts in the same transaction.</summary>
public interface IProxyStore
{
    /// <summary>Adds a relation. In one transaction: both accounts are active, and no other relation of the same two stands at its registration.</summary>
    /// <param name="relation">The relation, <see cref="ProxyState.Registered"/> or <see cref="ProxyState.Active"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success once; refused with <c>provider.account_suspended</c> or <c>provider.proxy_exists</c>. A refusal changes nothing.</returns>
    /// <exception cref="ArgumentException">The id is taken, the two accounts are one, or the relation is suspended or ended.</exception>
    ValueTask<MedIdResult<Unit>> AddProxyRelationAsync(ProxyRelation relation, CancellationToken cancellationToken = default);

    /// <summary>Finds a relation.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="relationId">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The relation, however it stands; null when unknown.</returns>
    ValueTask<ProxyRelation?> FindProxyRelationAsync(TenantId tenant, string relationId, CancellationToken cancellationToken = default);

    /// <summary>The relations of an account, as the person or as the proxy.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The relations, however they stand, the last registered first.</returns>
    ValueTask<IReadOnlyList<ProxyRelation>> ListProxyRelationsAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default);

    /// <summary>
    /// In one transaction: decides by <see cref="ProxyTransitions"/> from the state at <see cref="ProxyChange.At"/>, stores the new state, for an appointment the consent, and the history lines. A relation that
    /// does not stand any more cancels the unredeemed requests under it; one that ended ends the consents given under it and their refresh families as well.
    /// </summary>
    /// <param name="change">What happens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The relation as it is now; refused with the table's code, unknown, or for an appointment with the code of the account, device or counter that does not allow it. A refusal changes nothing.
    /// </returns>
    /// <exception cref="ArgumentException">An appointment without consent or device, or another event with one.</exception>
    ValueTask<MedIdResult<ProxyRelation>> ChangeProxyRelationAsync(ProxyChange change, CancellationToken cancellationToken = default);

    /// <summary>The consents that somebody gave for others, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="proxy">The proxy's account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records.</returns>
    ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsByProxyAsync(TenantId tenant, string proxy, CancellationToken cancellationToken = default);
}
