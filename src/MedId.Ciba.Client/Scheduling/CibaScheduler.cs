using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>
/// Looks after the requests of many patients at any number of OPs until they are decided: <see cref="StartAsync"/> asks, <see cref="RunAsync"/> polls what is due, <see cref="ReceiveAsync"/> takes pings and pushes,
/// and each outcome is handed out once, to an <see cref="ICibaOutcomeHandler"/> or to whoever waits. Any thread.
/// </summary>
/// <remarks>
/// <para>
/// One queue by due time; the interval runs from sending a poll, <c>slow_down</c> is for good and outlives a restart, trouble on the way makes polls rarer, <c>Retry-After</c> of a busy OP (503, 429)
/// stops every poll to it. No two polls of one request overlap. It ends at the request's expiry, never later.
/// </para>
/// <para>
/// What a crash costs. Before the OP's answer to the request is stored: the patient's phone rings and nobody asks for the result; ask anew. Between the OP's redemption and the storing of the tokens: the OP has given them
/// out once and they are gone; after the restart the outcome is <see cref="CibaClientErrorCodes.RedemptionLost"/>, and what the OP issued ends by itself. Between the removal from the store and the end of the handler:
/// as described at <see cref="ICibaOutcomeHandler.HandleAsync"/>. In no case are tokens handed out twice.
/// </para>
/// </remarks>
public sealed partial class CibaScheduler
{
    private const int MaxReferenceLength = 1024;

    private readonly ICibaPendingStore _store;
    private readonly Dictionary<string, OpLane> _lanes;
    private readonly ICibaOutcomeHandler? _handler;
    private readonly CibaSchedulerOptions _options;
    private readonly FieldCipher _cipher;
    private readonly TimeProvider _time;
    private readonly string _owner = SecretGenerator.Base64Url(16);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _takenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, PendingEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PendingEntry> _byLookup = new(StringComparer.Ordinal);

    /// <summary>Makes a scheduler; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="clients">The clients by the names of their OPs. The names are stored with the requests: keep them.</param>
    /// <param name="store">Where requests outlive the process.</param>
    /// <param name="options">Not changed afterwards; the defaults when null.</param>
    /// <param name="handler">Takes every outcome; null when callers take them with <see cref="WaitAsync"/> or <see cref="TryTakeAsync"/>.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">No client; options that go against each other; a store that outlives the process, and no key.</exception>
    public CibaScheduler(
        IReadOnlyDictionary<string, CibaClient> clients, ICibaPendingStore store, CibaSchedulerOptions? options = null, ICibaOutcomeHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(store);
        _options = options ?? new CibaSchedulerOptions();
        if (_options.FindMistakes().FirstOrDefault() is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(options));
        }

        if (clients.Count == 0)
        {
            throw new ArgumentException("A scheduler has at least one OP.", nameof(clients));
        }

        _cipher = _options.Cipher ?? (store is InMemoryCibaPendingStore
            ? new FieldCipher("medid ciba client", FieldKey.Generate("process"))
            : throw new ArgumentException($"What is stored is encrypted: set {nameof(CibaSchedulerOptions)}.{nameof(CibaSchedulerOptions.Cipher)}.", nameof(options)));
        _lanes = clients.ToDictionary(one => one.Key, one => new OpLane(one.Key, one.Value), StringComparer.Ordinal);
        _store = store;
        _handler = handler;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Asks an OP to ask a patient, and looks after the request from then on.</summary>
    /// <param name="op">The OP's name.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="proof">The proof of the consent to process.</param>
    /// <param name="reference">By which the caller knows the request again, also after a restart: up to 1024 characters; stored encrypted.</param>
    /// <param name="cancellationToken">Ends the asking; a request that the OP has taken by then is forgotten, and the patient's answer with it.</param>
    /// <returns>The request; what <see cref="CibaClient.StartAsync"/> refuses with, or <see cref="CibaClientErrorCodes.TooManyPending"/> before anything is sent.</returns>
    /// <exception cref="ArgumentException">No such OP; the request cannot be sent.</exception>
    public async Task<MedIdResult<CibaPending>> StartAsync(string op, BackchannelRequest request, ProcessingProof proof, string reference, CancellationToken cancellationToken = default)
    {
        var lane = LaneOf(op);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reference.Length, MaxReferenceLength, nameof(reference));
        var token = lane.Client.NewNotificationToken();
        var early = new EarlyNotification();
        lock (_gate)
        {
            if (_byId.Count >= _options.MaxPending)
            {
                return new MedIdError(CibaClientErrorCodes.TooManyPending, ErrorCategory.State, "limits");
            }

            if (token is not null)
            {
                lane.Starting.Add(DigestOf(token), early);
            }
        }

        PendingEntry? entry = null;
        try
        {
            var started = await lane.Client.StartNotifiedAsync(request, proof, token, cancellationToken).ConfigureAwait(false);
            if (!started.Succeeded)
            {
                return started.Error;
            }

            entry = await AddAsync(lane, new PendingState(op, reference, started.Value)).ConfigureAwait(false);
            return entry.Describe();
        }
        finally
        {
            EndStarting(lane, token, early, entry);
        }
    }

    /// <summary>Waits for an outcome and takes it. For schedulers without a handler.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="cancellationToken">Ends the waiting; the request is looked after on.</param>
    /// <returns>The outcome; null when there is no such request, or somebody else took its outcome, or it was cancelled.</returns>
    /// <exception cref="InvalidOperationException">There is a handler, which takes every outcome.</exception>
    public async Task<CibaOutcome?> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        ThrowIfHandled();
        if (Find(id) is not { } entry)
        {
            return null;
        }

        await entry.Decided.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await TakeAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes an outcome when it is there. For schedulers without a handler.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="cancellationToken">Cancels before it is taken, not afterwards.</param>
    /// <returns>The outcome, once; null when nobody has decided, and when there is no such request any more.</returns>
    /// <exception cref="InvalidOperationException">There is a handler, which takes every outcome.</exception>
    public async Task<CibaOutcome?> TryTakeAsync(string id, CancellationToken cancellationToken = default)
    {
        ThrowIfHandled();
        return Find(id) is { } entry ? await TakeAsync(entry, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Forgets a request. The OP cannot be told: CIBA has no way to take a request back, so the patient's phone may still ask; tokens that were on their way are given back to the OP.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="cancellationToken">Cancels before it is forgotten, not afterwards.</param>
    /// <returns>False when there is no such request.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        if (Find(id) is not { } entry)
        {
            return false;
        }

        await entry.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        MedIdResult<CibaTokens>? untaken;
        try
        {
            if (entry.IsClosed || !await _store.TryRemoveAsync(entry.Id, entry.Stored.Version, CancellationToken.None).ConfigureAwait(false))
            {
                return false;
            }

            untaken = entry.State.Outcome ?? entry.Unsaved;
            Close(entry);
        }
        finally
        {
            entry.Turn.Release();
        }

        CibaClientTelemetry.Outcomes.Add(1, new KeyValuePair<string, object?>(CibaClientTelemetry.OutcomeTag, "cancelled"));
        await GiveBackAsync(entry.Lane, untaken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Completes when <see cref="RunAsync"/> has taken up what the store had, which is soon after its begin and as late as the store is out of reach. Until then <see cref="List"/> does not show what
    /// waited before the restart, and a notification for it is answered with 503. Never fails.
    /// </summary>
    public Task TakenUp => _takenUp.Task;

    /// <summary>Everything that is looked after now, including an outcome that its handler is taking at this moment. Whole when <see cref="TakenUp"/> has completed.</summary>
    public IReadOnlyList<CibaPending> List()
    {
        lock (_gate)
        {
            return [.. _byId.Values.Select(entry => entry.Describe())];
        }
    }

    private static string DigestOf(string token) => SecretDigest.Compute("client_notification_token", token);

    private static string LookupOf(string op, string authReqId) => SecretDigest.Compute("auth_req_id at " + op, authReqId);

    private OpLane LaneOf(string op)
    {
        ArgumentNullException.ThrowIfNull(op);
        return _lanes.TryGetValue(op, out var lane) ? lane : throw new ArgumentException("No OP is registered by this name.", nameof(op));
    }

    private PendingEntry? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    private void ThrowIfHandled()
    {
        if (_handler is not null)
        {
            throw new InvalidOperationException("This scheduler's outcomes go to its handler.");
        }
    }

    private async Task<PendingEntry> AddAsync(OpLane lane, PendingState state)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var stored = new StoredCibaRequest
        {
            Id = id,
            Version = 1,
            KeepUntil = state.Authentication.ExpiresAt + _options.OutcomeRetention,
            LeaseOwner = _owner,
            LeasedUntil = _time.GetUtcNow() + _options.Lease,
            Body = state.Protect(_cipher, id, 1),
        };

        // What the OP has taken is kept, whoever has stopped waiting meanwhile.
        if (!await _store.AddAsync(stored, CancellationToken.None).ConfigureAwait(false))
        {
            throw new InvalidOperationException("The store has another request under a new random id.");
        }

        var entry = new PendingEntry(stored, state, lane, isResumed: false);
        Watch(entry, FirstDue(entry));
        Wake();
        return entry;
    }

    /// <summary>From here on notifications find the request itself; a ping that came before its answer counts now.</summary>
    private void EndStarting(OpLane lane, string? token, EarlyNotification early, PendingEntry? entry)
    {
        if (token is not null)
        {
            bool wasPinged;
            lock (_gate)
            {
                lane.Starting.Remove(DigestOf(token));
                wasPinged = entry is not null && string.Equals(early.PingedId, entry.Authentication.AuthReqId, StringComparison.Ordinal);
            }

            if (wasPinged)
            {
                Ping(entry!);
            }
        }

        early.Known.TrySetResult(entry);
    }

    private void Watch(PendingEntry entry, DateTimeOffset dueAt)
    {
        lock (_gate)
        {
            _byId.Add(entry.Id, entry);
            _byLookup[LookupOf(entry.State.Op, entry.Authentication.AuthReqId)] = entry;
            if (entry.State.Outcome is not null)
            {
                entry.Decided.TrySetResult();
            }

            Enqueue(entry, dueAt);
        }

        CibaClientTelemetry.Pending.Add(1);
    }

    /// <summary>Ends its life here. Under its turn.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="isHandedOver">Whether it stays in the list until its handler has it.</param>
    private void Close(PendingEntry entry, bool isHandedOver = false)
    {
        lock (_gate)
        {
            if (entry.IsClosed)
            {
                return;
            }

            entry.IsClosed = true;
            entry.Ticket++;
            if (!isHandedOver)
            {
                _byId.Remove(entry.Id);
            }

            var lookup = LookupOf(entry.State.Op, entry.Authentication.AuthReqId);
            if (_byLookup.GetValueOrDefault(lookup) == entry)
            {
                _byLookup.Remove(lookup);
                RememberClosed(lookup, entry.Authentication.NotificationToken);
            }
        }

        CibaClientTelemetry.Pending.Add(-1);
        entry.Decided.TrySetResult();
        entry.Ending.Cancel();
    }
}
