using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Records what people agreed to at a reception desk, on paper or in words. The caller has authenticated the desk; the desk answers for who its clerk is and for whom it saw.</summary>
public sealed class ConsentDesk
{
    private const string Section = "MedId walk, consent at a desk";
    private const int MostRecipients = 64;
    private const int LongestId = 128;
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly IClientStore _clients;
    private readonly AccountDigests _digests;
    private readonly FirstAttempts _first;
    private readonly RecordedTelling _telling;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="clients">The clients, for recipients' names.</param>
    /// <param name="digests">Finds people by what they are called at the desk.</param>
    /// <param name="notifier">The push channel.</param>
    /// <param name="time">The clock.</param>
    public ConsentDesk(IProviderStore store, ProviderOptions options, IClientStore clients, AccountDigests digests, IDeviceNotifier notifier, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(digests);
        ArgumentNullException.ThrowIfNull(notifier);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _options, _clients, _digests, _time) = (store, options, clients, digests, time);
        _first = new(store, options, time);
        _telling = new(store, options, notifier, time);
    }

    /// <summary>Judges and records a consent, and tells the person's newest device; in their quiet hours, or where no device is reached at once, the outbox does so later.</summary>
    /// <param name="deskClientId">The desk, authenticated.</param>
    /// <param name="consent">What it says.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The consent; refused with <c>provider.desk_unknown</c>, <c>provider.desk_method_refused</c>, <c>provider.desk_evidence_refused</c>, <c>provider.desk_witness_refused</c>, <c>provider.desk_act_outside</c>,
    /// <c>provider.standing_beyond_bounds</c>, <c>provider.recipient_unknown</c>, or when person, resource, scopes or purposes are not accepted.
    /// </returns>
    public async ValueTask<MedIdResult<StandingConsent>> RecordAsync(string deskClientId, DeskConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deskClientId);
        ArgumentNullException.ThrowIfNull(consent);
        if (_options.ConsentDesks is not { } rules || rules.Find(deskClientId) is not { } desk)
        {
            return new MedIdError(ProviderErrorCodes.DeskUnknown, ErrorCategory.Untrusted, Section, "the client is not a desk of this OP");
        }

        if (Fault(rules, desk, consent, _time.GetUtcNow()) is { } fault)
        {
            return fault;
        }

        var account = await _store.FindAccountByHintAsync(_options.Tenant, _digests.OfHint(_options.Tenant, consent.Person), cancellationToken).ConfigureAwait(false);
        if (account is null)
        {
            return new MedIdError(ProviderErrorCodes.AccountUnknown, ErrorCategory.State, Section);
        }

        if (account.Status != AccountStatus.Active)
        {
            return Refuse(ProviderErrorCodes.AccountSuspended);
        }

        if (!account.Patients.ContainsKey(consent.Resource))
        {
            return Refuse(ProviderErrorCodes.PatientNotKnownAtResource, "name a resource that knows the person");
        }

        var words = StandingNoticeFactory.Read(consent.Scopes, consent.Purposes, account.Language);
        if (!words.Succeeded)
        {
            return words.Error;
        }

        var recipients = await StandingConsents.FindRecipientsAsync(_clients, _options.Tenant, consent.Recipients, account.Language, cancellationToken).ConfigureAwait(false);
        if (!recipients.Succeeded)
        {
            return recipients.Error;
        }

        var composition = new StandingComposition
        {
            Kind = consent.Method == DeskConsent.Paper ? StandingConsentKind.Paper : StandingConsentKind.Oral,
            Resource = consent.Resource,
            Recipients = [.. consent.Recipients],
            Scopes = [.. consent.Scopes],
            Purposes = [.. consent.Purposes.Distinct(StringComparer.Ordinal)],
            ValidUntil = consent.ValidUntil,
            Access = consent.Access,
        };
        var id = SecretGenerator.Base64Url();
        var attested = new DeskAttestation(desk.InstitutionId, desk.Institution, consent.FormVersion, consent.ScanDigest, consent.TakenAt);
        var notice = StandingNoticeFactory.Make(_options, id, composition, recipients.Value, words.Value.Scopes, words.Value.Purposes, account.Language, consent.TakenAt, framework: null, attested);
        var standing = Make(account.Id, id, composition, notice, desk, consent);
        await _store.AddStandingConsentAsync(standing, cancellationToken).ConfigureAwait(false);
        await TellAsync(standing, cancellationToken).ConfigureAwait(false);
        return standing;
    }

    private static MedIdError? Fault(ConsentDeskOptions rules, ConsentDeskClient desk, DeskConsent consent, DateTimeOffset now)
    {
        if (consent.Method is not (DeskConsent.Paper or DeskConsent.Oral))
        {
            return Refuse(ProviderErrorCodes.DeskMethodRefused, "paper or oral; a posted notice is no consent");
        }

        var isPaper = consent.Method == DeskConsent.Paper;
        if (!IsId(consent.FormVersion) || (isPaper ? StrictBase64Url.Decode(consent.ScanDigest, 32) is not { Succeeded: true, Value.Length: 32 } : consent.ScanDigest is not null))
        {
            return Refuse(ProviderErrorCodes.DeskEvidenceRefused, "the form's version, and for paper alone the SHA-256 of the scan in base64url");
        }

        if (!IsId(consent.ClerkId) || (consent.WitnessId is null ? !isPaper : !IsId(consent.WitnessId) || IsSame(consent.WitnessId, consent.ClerkId)))
        {
            return Refuse(ProviderErrorCodes.DeskWitnessRefused, "a clerk, and for words a second witness who is somebody else");
        }

        if (!IsWhole(consent.TakenAt.Ticks) || consent.TakenAt > now || now - consent.TakenAt > rules.OldestAct)
        {
            return Refuse(ProviderErrorCodes.DeskActOutside, "taken in the past, not longer ago than this OP allows, in whole seconds");
        }

        if (!IsWhole(consent.ValidUntil.Ticks) || consent.ValidUntil <= now || consent.ValidUntil - consent.TakenAt > rules.LongestValidity
            || !IsWhole(consent.Access.Ticks) || consent.Access <= TimeSpan.Zero || consent.Access > rules.LongestAccess)
        {
            return Refuse(ProviderErrorCodes.StandingBeyondBounds, "an end and a time of access in whole seconds, within the OP's bounds");
        }

        return consent.Recipients.Count is > 0 and <= MostRecipients && consent.Recipients.All(one => desk.Serves.Contains(one, StringComparer.Ordinal))
            ? null
            : Refuse(ProviderErrorCodes.RecipientUnknown, "recipients that the desk serves, at least one");
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= LongestId } && !string.IsNullOrWhiteSpace(id);

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsWhole(long ticks) => ticks % TimeSpan.TicksPerSecond == 0;

    private static MedIdError Refuse(string code, string? detail = null) => new(code, ErrorCategory.Policy, Section, detail);

    private StandingConsent Make(string subject, string id, StandingComposition composition, StandingNotice notice, ConsentDeskClient desk, DeskConsent consent)
    {
        // Nobody ticked a box of ours: what was chosen stands on the form, or was said.
        var (text, choice) = (notice.ToCanonicalJson(), ConsentChoice.WithoutAct(composition.Scopes, composition.Scopes));
        return new()
        {
            Tenant = _options.Tenant,
            Id = id,
            Subject = subject,
            Kind = composition.Kind,
            Resource = composition.Resource,
            Recipients = composition.Recipients,
            Scopes = composition.Scopes,
            Purposes = composition.Purposes,
            Access = composition.Access,
            GivenAt = consent.TakenAt,
            RecordedAt = _time.GetUtcNow(),
            ValidUntil = consent.ValidUntil,
            Notice = new()
            {
                Version = StandingNotice.CurrentVersion,
                TextsVersion = notice.TextsVersion,
                Language = notice.Language,
                Notice = text,
                Choice = choice,
                Digest = ConsentDigest.Compute(text, choice),
            },
            Witness = new()
            {
                InstitutionId = desk.InstitutionId,
                ClerkId = consent.ClerkId,
                EvidenceDigest = consent.ScanDigest,
                WitnessId = consent.WitnessId,
                At = consent.TakenAt,
            },
        };
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The consent is recorded with the message that tells of it; what fails here must not make the desk record it again.")]
    private async ValueTask TellAsync(StandingConsent standing, CancellationToken cancellationToken)
    {
        try
        {
            await _first.TryAsync(RecordedTelling.MessageId(standing.Id), _telling.AttemptAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The outbox goes on.
        }
    }
}
