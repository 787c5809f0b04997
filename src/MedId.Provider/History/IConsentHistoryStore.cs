using MedId.Consent;
using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// The chained history of each person's consents (<see cref="MedId.Consent.ConsentHistory"/>). Entries are appended by the verbs that change a consent, in their own transactions: asked with the request,
/// given and narrowed with the approval, refused with the denial, withdrawn with the withdrawal, told with its line, expired by the sweep.
/// </summary>
public interface IConsentHistoryStore
{
    /// <summary>
    /// Records that a resource server is about to be told that a token is active: in one transaction the consent is still active (<see cref="IConsentStore.IsConsentActiveAsync"/>), the consent's history
    /// gets a line and the person's chain its entry <c>read</c> unless the last line of this resource server is less than <paramref name="apart"/> old, and the audit trail gets its line in any case. Otherwise
    /// nothing changes.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="subject">The subject as in the token.</param>
    /// <param name="resourceServer">The client id of the resource server.</param>
    /// <param name="line">The audit line; its time is the time of the read.</param>
    /// <param name="apart">Reads closer together are one line of the history; <see cref="TimeSpan.Zero"/> writes each.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the consent is not active: nothing may be answered but that.</returns>
    ValueTask<bool> TryRecordReadAsync(TenantId tenant, string consentId, string subject, string resourceServer, AuditLine line, TimeSpan apart, CancellationToken cancellationToken = default);

    /// <summary>The end of a person's history.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The head, or null where nothing happened yet.</returns>
    ValueTask<HistoryHead?> FindHistoryHeadAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>Reads a piece of a person's history.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="from">The first place, from 1.</param>
    /// <param name="limit">The most entries; 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entries as they are stored, in the order of their places, each in the form of <see cref="HistoryEntry.ToBytes"/>; nobody has judged them.</returns>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ListHistoryAsync(TenantId tenant, string subject, long from, int limit, CancellationToken cancellationToken = default);

    /// <summary>Keeps a receipt when it proves more than the one that is kept.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the receipt is not longer than the one kept, or its head is not that of the stored history at its length.</returns>
    ValueTask<bool> TryKeepReceiptAsync(TenantId tenant, string subject, HistoryReceipt receipt, CancellationToken cancellationToken = default);

    /// <summary>The newest receipt of a person, and whether a change came after it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The receipt, null where there is none yet; whether one is due.</returns>
    ValueTask<(HistoryReceipt? Receipt, bool IsDue)> FindReceiptAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>The persons to whose consents something happened (a read is nothing) that no receipt proves yet.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="after">The person after whom to go on; null for the first.</param>
    /// <param name="limit">The most persons; 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Their accounts, in ordinal order.</returns>
    ValueTask<IReadOnlyList<string>> ListDueReceiptsAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken = default);
}
