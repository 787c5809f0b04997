using MedId.Core;
using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>Takes, proves and ends consents to process (row A16). One instance serves a client; any thread.</summary>
public sealed class ProcessingConsents
{
    /// <summary>The longest time for which a consent to process is taken; an unlimited one is refused.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3653);

    private const string Section = "MedId walk, consent to process";
    private readonly string _clientId;
    private readonly IProcessingConsentStore _store;
    private readonly IReadOnlyList<IRunningAccesses> _running;
    private readonly TimeProvider _time;

    /// <summary>Makes the desk.</summary>
    /// <param name="clientId">The client that asks in this relying party's name.</param>
    /// <param name="store">Where records are kept.</param>
    /// <param name="running">What gives up running accesses when a consent ends.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public ProcessingConsents(string clientId, IProcessingConsentStore store, IEnumerable<IRunningAccesses> running, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(running);
        _clientId = clientId;
        _store = store;
        _running = [.. running];
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The client.</summary>
    public string ClientId => _clientId;

    /// <summary>Writes down a consent that was taken.</summary>
    /// <param name="consent">The record; its id, client and time of the act are set here where they are empty.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record as it is kept; <see cref="CibaClientErrorCodes.ProcessingConsentIncomplete"/> when something that its form needs is missing, it is of another client, or its act lies in the future.</returns>
    public async ValueTask<MedIdResult<ProcessingConsent>> TakeAsync(ProcessingConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        var now = _time.GetUtcNow();
        var taken = consent with
        {
            Id = consent.Id.Length == 0 ? SecretGenerator.Base64Url(16) : consent.Id,
            ClientId = consent.ClientId.Length == 0 ? _clientId : consent.ClientId,
            GivenAt = consent.GivenAt == default ? now : consent.GivenAt,
            WithdrawnAt = null,
        };
        var wrong = taken.FindMistake() ?? (!string.Equals(taken.ClientId, _clientId, StringComparison.Ordinal) ? "it is of another client" : taken.GivenAt > now ? "its act lies in the future" : null);
        if (wrong is not null)
        {
            return new MedIdError(CibaClientErrorCodes.ProcessingConsentIncomplete, ErrorCategory.Malformed, Section, wrong);
        }

        await _store.AddAsync(taken, cancellationToken).ConfigureAwait(false);
        return taken;
    }

    /// <summary>Proves that a person agreed, for one request about them.</summary>
    /// <param name="patient">The person.</param>
    /// <param name="purpose">The purpose of what will be asked for.</param>
    /// <param name="hint">By which the request will name the person to the OP.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The proof; <see cref="CibaClientErrorCodes.ProcessingConsentMissing"/> when there is no record for this person and purpose, else, by the newest of them,
    /// <see cref="CibaClientErrorCodes.ProcessingConsentWithdrawn"/> or <see cref="CibaClientErrorCodes.ProcessingConsentExpired"/>.
    /// </returns>
    public async ValueTask<MedIdResult<ProcessingProof>> ProveAsync(string patient, string purpose, UserHint hint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(purpose);
        ArgumentNullException.ThrowIfNull(hint);
        var now = _time.GetUtcNow();
        var found = await _store.ListAsync(_clientId, patient, cancellationToken).ConfigureAwait(false);

        // A store that answers another question proves nothing.
        var records = found.Where(one =>
            string.Equals(one.ClientId, _clientId, StringComparison.Ordinal) && string.Equals(one.Patient, patient, StringComparison.Ordinal) && string.Equals(one.Purpose, purpose, StringComparison.Ordinal)
            && one.FindMistake() is null).ToList();
        return records.Find(one => one.IsActive(now)) is { } stands ? new ProcessingProof(stands, hint, now)
            : records.Count == 0 ? Refuse(CibaClientErrorCodes.ProcessingConsentMissing)
            : Refuse(records[0].WithdrawnAt is not null ? CibaClientErrorCodes.ProcessingConsentWithdrawn : CibaClientErrorCodes.ProcessingConsentExpired);
    }

    /// <summary>Whether data may still be processed under a consent: asked when tokens come, because a person may have changed their mind while the OP asked them.</summary>
    /// <param name="consent">The record that an access was started under.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it stands now.</returns>
    public async ValueTask<bool> StandsAsync(ProcessingConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        var found = await _store.ListAsync(consent.ClientId, consent.Patient, cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault(one => string.Equals(one.Id, consent.Id, StringComparison.Ordinal))?.IsActive(_time.GetUtcNow()) == true;
    }

    /// <summary>Takes back every consent of a person to a purpose: nothing can be started any more, and what runs is given up.</summary>
    /// <param name="patient">The person.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="cancellationToken">Cancels the telling; what was taken back stays so.</param>
    /// <returns>How many records ended now.</returns>
    /// <exception cref="AggregateException">Something could not be given up; everything was tried.</exception>
    public async ValueTask<int> WithdrawAsync(string patient, string purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(purpose);
        var ended = new List<ProcessingConsent>();
        foreach (var one in await _store.ListAsync(_clientId, patient, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(one.Purpose, purpose, StringComparison.Ordinal) && await _store.WithdrawAsync(_clientId, one.Id, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } withdrawn)
            {
                ended.Add(withdrawn);
            }
        }

        List<Exception> failures = [];
        foreach (var (consent, running) in ended.SelectMany(consent => _running.Select(running => (consent, running))))
        {
            await GiveUpAsync(running, consent, failures, cancellationToken).ConfigureAwait(false);
        }

        return failures.Count == 0 ? ended.Count : throw new AggregateException(failures);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One access that cannot be given up must not keep the others; all failures are thrown together.")]
    private static async ValueTask GiveUpAsync(IRunningAccesses running, ProcessingConsent consent, List<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            await running.GiveUpAsync(consent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            failures.Add(failure);
        }
    }

    private static MedIdError Refuse(string code) => new(code, ErrorCategory.State, Section, "take the person's consent to process first");
}
