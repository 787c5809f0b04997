namespace MedId.Ciba.Client;

/// <summary>Consents to process in memory: for trials and tests, because they are gone when the process ends.</summary>
public sealed class InMemoryProcessingConsentStore : IProcessingConsentStore
{
    private readonly Lock _gate = new();
    private readonly List<ProcessingConsent> _consents = [];

    /// <inheritdoc/>
    public ValueTask AddAsync(ProcessingConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        lock (_gate)
        {
            if (_consents.Exists(known => string.Equals(known.Id, consent.Id, StringComparison.Ordinal)))
            {
                throw new ArgumentException("The id is taken.", nameof(consent));
            }

            _consents.Add(consent);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessingConsent>> ListAsync(string clientId, string patient, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new([
                .. _consents.Where(one => string.Equals(one.ClientId, clientId, StringComparison.Ordinal) && string.Equals(one.Patient, patient, StringComparison.Ordinal))
                    .Reverse().OrderByDescending(one => one.GivenAt),
            ]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ProcessingConsent?> WithdrawAsync(string clientId, string id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var index = _consents.FindIndex(one => string.Equals(one.Id, id, StringComparison.Ordinal) && string.Equals(one.ClientId, clientId, StringComparison.Ordinal));
            if (index < 0 || _consents[index].WithdrawnAt is not null)
            {
                return new((ProcessingConsent?)null);
            }

            return new(_consents[index] = _consents[index] with { WithdrawnAt = at });
        }
    }
}
