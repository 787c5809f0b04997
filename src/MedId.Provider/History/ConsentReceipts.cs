using System.Diagnostics.CodeAnalysis;
using MedId.Consent;
using MedId.Core;
using MedId.Signatures;
using ConsentChain = MedId.Consent.ConsentHistory;

namespace MedId.Provider;

/// <summary>
/// Receipts of persons' histories: after each change of a consent the head is time-stamped and given to the person, so that the past cannot be made anew without showing. The service is asked outside of
/// every transaction: one that is down delays a receipt and nothing else.
/// </summary>
public sealed class ConsentReceipts
{
    private const int Page = 500;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>How far this node's clock may be behind the service's.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly IHistoryTimestamps? _timestamps;
    private readonly DeviceAccess _access;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    /// <param name="timestamps">The time-stamping service; null where the OP chose to have none (<see cref="ProviderOptions.WithoutTimestampedHistory"/>).</param>
    public ConsentReceipts(IProviderStore store, ProviderOptions options, TimeProvider time, IHistoryTimestamps? timestamps = null)
    {
        _store = store;
        _options = options;
        _time = time;
        _timestamps = timestamps;
        _access = new(store, options, time);
    }

    /// <summary>The history of the person who holds the device, with the newest receipt. A receipt that is due is asked for first, for at most 3 seconds.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="from">The first place, from 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most 500 entries.</returns>
    public async ValueTask<MedIdResult<HeldHistory>> ReadAsync(string? deviceToken, long from = 1, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        if (from < 1)
        {
            return new MedIdError(ProviderErrorCodes.DeviceMessageMalformed, ErrorCategory.Malformed, "MedId walk, history and withdrawal", "from is a place, counted from 1");
        }

        var (receipt, isDue) = await _store.FindReceiptAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false);
        if (isDue && _timestamps is not null)
        {
            using var patience = new CancellationTokenSource(Wait, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await TryStampAsync(account.Value, both.Token, cancellationToken).ConfigureAwait(false);
            (receipt, isDue) = await _store.FindReceiptAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false);
        }

        var entries = await _store.ListHistoryAsync(_options.Tenant, account.Value, from, Page, cancellationToken).ConfigureAwait(false);
        return new HeldHistory { From = from, Entries = entries, Next = entries.Count == Page ? from + Page : null, Receipt = receipt, ReceiptIsDue = isDue };
    }

    /// <summary>Asks for every receipt that is due; the host calls it from time to time. When the service does not answer it stops, to try again another time.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many receipts were made.</returns>
    public async ValueTask<int> StampDueAsync(CancellationToken cancellationToken = default)
    {
        var made = 0;
        string? last = null;
        while (_timestamps is not null && await _store.ListDueReceiptsAsync(_options.Tenant, last, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } due)
        {
            foreach (var subject in due)
            {
                if (!await TryStampAsync(subject, cancellationToken, cancellationToken).ConfigureAwait(false))
                {
                    return made;
                }

                made++;
            }

            last = due[^1];
        }

        return made;
    }

    /// <summary>Whether the patient could ever prove anything by it: a stamp over something else, or of a stranger, would end the asking and prove nothing.</summary>
    private bool IsOver(TimestampToken token, HistoryHead head)
    {
        if (_options.HistoryTimestampPolicy is not { } policy)
        {
            return false;
        }

        var report = TimestampVerifier.Verify(token, TimestampKind.Content, head.ToBytes(), policy, new ValidationEvidence(), _time.GetUtcNow() + ClockTolerance);
        return report.Outcome != VerificationOutcome.Refused && report.Path?.Anchor is not null;
    }

    /// <summary>False when the service gave no time-stamp that can be kept. What somebody else kept meanwhile is as good.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A time-stamping service of any make may throw anything; the receipt stays due and nothing else waits for it.")]
    private async ValueTask<bool> TryStampAsync(string subject, CancellationToken patience, CancellationToken cancellationToken)
    {
        if (await _store.FindHistoryHeadAsync(_options.Tenant, subject, cancellationToken).ConfigureAwait(false) is not { } head)
        {
            return true;
        }

        HistoryReceipt receipt;
        try
        {
            var token = await _timestamps!.StampAsync(ConsentChain.RequestTimestamp(head), patience).ConfigureAwait(false);
            if (!token.Succeeded)
            {
                return false;
            }

            if (!IsOver(token.Value, head))
            {
                return false;
            }

            receipt = new(head, token.Value.RawData);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        await _store.TryKeepReceiptAsync(_options.Tenant, subject, receipt, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
