using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Carries out what was decided when a request came: approves it, tells whoever oversees broken glass, and leaves the announcement to the person. A node that dies in between is followed by another.</summary>
internal sealed class DirectDecisions(IProviderStore store, ProviderOptions options, IEnumerable<IBreakGlassObserver> observers, TimeProvider time) : IOutboxHandler
{
    private readonly ApprovalDecision _decision = new(store, options);
    private readonly IReadOnlyList<IBreakGlassObserver> _observers = [.. observers];
    private readonly OutboxBackoff _backoff = new(options.Outbox);

    public string Kind => OutboxKinds.Decide;

    public static string MessageId(string requestId) => $"{OutboxKinds.Decide}:{requestId}";

    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default) =>
        (await AttemptAsync(message, cancellationToken).ConfigureAwait(false)).Outcome;

    public async ValueTask<AttemptResult> AttemptAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var request = await store.FindRequestAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false);
        if (request?.Context is null || await ConsentAsync(request, cancellationToken).ConfigureAwait(false) is not { } consent)
        {
            return new(OutboxOutcome.Done);
        }

        // Told once: a second run, after a crash, finds the message or the line.
        if (!(await store.ListConsentEventsAsync(request.Tenant, consent.Id, cancellationToken).ConfigureAwait(false)).Any(line => line.Kind == AccessRequestOpener.ToldEvent))
        {
            var told = new AnnounceState { Told = consent.Id, Account = consent.Subject };
            await store.AddMessageAsync(MessageRules.OfTold(request, time.GetUtcNow()) with { Body = told.ToJson() }, cancellationToken).ConfigureAwait(false);
        }

        return consent.Ground is { Kind: ConsentGroundKind.BreakGlass } ? await ObserveAsync(message, new(request.Id, consent), cancellationToken).ConfigureAwait(false) : new(OutboxOutcome.Done);
    }

    /// <summary>The consent of the decision, made now or by the run before; null when there is none.</summary>
    private async ValueTask<ConsentRecord?> ConsentAsync(CibaRequest request, CancellationToken cancellationToken)
    {
        if (request is { Grant.ConsentId: { } made })
        {
            return await store.FindConsentAsync(request.Tenant, made, cancellationToken).ConfigureAwait(false);
        }

        if (request.Status != CibaStatus.Pending || AccessContext.FromJson(request.Context!) is not { Decision: not null } decided)
        {
            return null;
        }

        var approved = await _decision.ApproveDirectlyAsync(request, decided, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (approved.Succeeded)
        {
            return approved.Value;
        }

        await store.TryDenyRequestAsync(request.Tenant, request.Id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return null;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whoever oversees may be away: it is tried again, and the person is told all the same.")]
    private async ValueTask<AttemptResult> ObserveAsync(OutboxMessage message, BrokenGlass broken, CancellationToken cancellationToken)
    {
        var observed = message.Body is { } body ? JsonSerializer.Deserialize(body, OutboxJson.Default.DecideState)!.Observed : 0;
        try
        {
            for (; observed < _observers.Count; observed++)
            {
                await _observers[observed].GlassBrokenAsync(broken, cancellationToken).ConfigureAwait(false);
            }

            return new(OutboxOutcome.Done);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var kept = JsonSerializer.Serialize(new(observed), OutboxJson.Default.DecideState);
            return new(OutboxOutcome.Again(time.GetUtcNow() + _backoff.After(message.Attempts), kept), kept, ExceptionDispatchInfo.Capture(e));
        }
    }
}
