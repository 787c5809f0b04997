using MedId.Core;

namespace MedId.Provider;

/// <summary>Tells a person, after their quiet hours, that a desk recorded a consent of theirs: one device, the next where that is not to be reached.</summary>
internal sealed class RecordedTelling(IProviderStore store, ProviderOptions options, IDeviceNotifier notifier, TimeProvider time) : IOutboxHandler
{
    private readonly Announcer _announcer = new(store, options, notifier, time);

    public string Kind => OutboxKinds.Recorded;

    public static string MessageId(string standingConsentId) => $"{OutboxKinds.Recorded}:{standingConsentId}";

    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default) =>
        (await AttemptAsync(message, cancellationToken).ConfigureAwait(false)).Outcome;

    public async ValueTask<AttemptResult> AttemptAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var standing = await store.FindStandingConsentAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false);
        if (standing is not { Status: ConsentStatus.Given })
        {
            // Withdrawn: whoever did that knew of it.
            return new(OutboxOutcome.Done);
        }

        return await _announcer.TellAsync(message, standing.Id, standing.Subject, cancellationToken).ConfigureAwait(false);
    }
}
