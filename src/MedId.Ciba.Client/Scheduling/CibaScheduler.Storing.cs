using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Ciba.Client;

/// <content>What changes a stored request: one change at a time, each by version.</content>
public sealed partial class CibaScheduler
{
    /// <summary>Stores a new state. False when the stored request is not this scheduler's any more; it is let go then.</summary>
    private async Task<bool> ReplaceAsync(PendingEntry entry, PendingState state)
    {
        var now = _time.GetUtcNow();
        var version = entry.Stored.Version + 1;
        var ends = state.Outcome is null ? entry.Authentication.ExpiresAt : now;
        var next = entry.Stored with
        {
            Version = version,
            KeepUntil = ends + _options.OutcomeRetention,
            LeaseOwner = _owner,
            LeasedUntil = now + _options.Lease,
            Body = state.Protect(_cipher, entry.Id, version),
        };
        if (!await _store.TryReplaceAsync(next, CancellationToken.None).ConfigureAwait(false))
        {
            Close(entry);
            return false;
        }

        (entry.Stored, entry.State) = (next, state);
        return true;
    }

    private async Task<bool> KeepAsync(PendingEntry entry, Func<PendingState, PendingState> change)
    {
        await entry.Turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return !entry.IsClosed && entry.State.Outcome is null && await ReplaceAsync(entry, change(entry.State)).ConfigureAwait(false);
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    /// <summary>Stores an outcome and says so. What cannot be stored because the request was cancelled or is another scheduler's is given back.</summary>
    private async Task<bool> DecideAsync(PendingEntry entry, MedIdResult<CibaTokens> outcome)
    {
        bool kept;
        await entry.Turn.WaitAsync().ConfigureAwait(false);
        try
        {
            kept = !entry.IsClosed && entry.State.Outcome is null && await ReplaceAsync(entry, entry.State with { Outcome = outcome }).ConfigureAwait(false);
            entry.Unsaved = null;
        }
        finally
        {
            entry.Turn.Release();
        }

        if (!kept)
        {
            await GiveBackAsync(entry.Lane, outcome).ConfigureAwait(false);
            return false;
        }

        CibaClientTelemetry.Outcomes.Add(1, new KeyValuePair<string, object?>(CibaClientTelemetry.OutcomeTag, outcome.Error?.Code ?? "ok"));
        entry.Decided.TrySetResult();
        await HandOverAsync(entry).ConfigureAwait(false);
        return true;
    }

    /// <summary>Removes first, gives then: whoever removed it is the only one who has it.</summary>
    private async Task<CibaOutcome?> TakeAsync(PendingEntry entry, CancellationToken cancellationToken = default)
    {
        await entry.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (entry.IsClosed || entry.State.Outcome is not { } result || !await _store.TryRemoveAsync(entry.Id, entry.Stored.Version, CancellationToken.None).ConfigureAwait(false))
            {
                return null;
            }

            Close(entry, isHandedOver: _handler is not null);
            return new CibaOutcome { Id = entry.Id, Op = entry.State.Op, Reference = entry.State.Reference, Result = result };
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A handler is the integrator's code; what it throws must not stop the requests of other patients, and the outcome is never handed out again.")]
    private async Task HandOverAsync(PendingEntry entry)
    {
        if (_handler is null || await TakeAsync(entry).ConfigureAwait(false) is not { } outcome)
        {
            return;
        }

        try
        {
            await _handler.HandleAsync(outcome, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            CibaClientTelemetry.HandlerFailures.Add(1);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            CibaClientTelemetry.HandlerFailures.Add(1);
        }
        finally
        {
            lock (_gate)
            {
                _byId.Remove(entry.Id);
            }
        }
    }

    /// <summary>Tokens that nobody will take go back to the OP, as far as it has a way; what fails ends by itself.</summary>
    private static async Task GiveBackAsync(OpLane lane, MedIdResult<CibaTokens>? outcome)
    {
        if (outcome is not { Succeeded: true, Value: var tokens })
        {
            return;
        }

        try
        {
            await lane.Client.RevokeAsync(tokens).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            CibaClientTelemetry.HandlerFailures.Add(1);
        }
    }
}
