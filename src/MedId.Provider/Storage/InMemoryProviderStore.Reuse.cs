using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<ConsentMark?> FindConsentMarkAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Consents.TryGetValue(consentId, out var consent) ? StoreRules.MarkOf(consent.Record) : null));

    /// <inheritdoc/>
    public ValueTask<bool> NoteReadAsync(
        TenantId tenant, string consentId, string resourceServer, DateTimeOffset at, TimeSpan apart, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (!memory.Consents.TryGetValue(consentId, out var consent)
                || consent.Events.FindLast(line => line.Kind == StoreRules.ReadLine && string.Equals(line.By, resourceServer, StringComparison.Ordinal)) is { } last && StoreRules.IsOneRead(last.At, at, apart))
            {
                return false;
            }

            consent.Events.Add(new(at, StoreRules.ReadLine, resourceServer));
            return true;
        }));
}
