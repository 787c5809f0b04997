using MedId.Ciba.Server;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Opens an access request behind a validated backchannel request: verifies the doctor's evidence, finds the words that the patient will read, and announces the request to the
/// enrolled device. Without evidence nothing is opened (row A15).
/// </summary>
public sealed class AccessRequestOpener : IBackchannelRequestHandler
{
    /// <summary>The history's line when the person was told of what was opened without asking.</summary>
    internal const string ToldEvent = "told";

    private const string Section = "MedId walk, step 2";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly IPractitionerIssuerSource _practitioners;
    private readonly IDeviceNotifier _notifier;
    private readonly TimeProvider _time;
    private readonly HpkiPractitioners? _hpki;
    private readonly IReadOnlyList<IAccessPath> _paths;
    private readonly IReadOnlyList<IBreakGlassObserver> _observers;
    private readonly ApprovalDecision _decision;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="practitioners">The trusted doctor OPs.</param>
    /// <param name="notifier">The push channel.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hpki">Doctors' own evidence by HPKI cards; null when it is not accepted.</param>
    /// <param name="paths">The ways by which a request is decided without asking a device, in their order; null: there is none.</param>
    /// <param name="observers">Who is told when the glass is broken.</param>
    /// <exception cref="ArgumentException">The glass may be broken and nobody oversees it.</exception>
    public AccessRequestOpener(
        IProviderStore store, ProviderOptions options, IPractitionerIssuerSource practitioners, IDeviceNotifier notifier, TimeProvider time, HpkiPractitioners? hpki = null,
        IEnumerable<IAccessPath>? paths = null, IEnumerable<IBreakGlassObserver>? observers = null)
    {
        _store = store;
        _options = options;
        _practitioners = practitioners;
        _notifier = notifier;
        _time = time;
        _hpki = hpki;
        _paths = [.. paths ?? []];
        _observers = [.. observers ?? []];
        if (_observers.Count == 0 && _paths.Any(path => path.Kind == ConsentGroundKind.BreakGlass))
        {
            throw new ArgumentException("Whoever lets the glass be broken names who oversees it.", nameof(observers));
        }

        _decision = new(store, options);
    }

    /// <inheritdoc/>
    public async ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = await PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        return context.Succeeded ? BackchannelDecision.Accept(context.Value.ToJson()) : BackchannelDecision.Refuse(BackchannelRefusals.Of(context.Error));
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Context is null || AccessContext.FromJson(request.Context) is not { Decision: not null } decided)
        {
            await AnnounceAsync(request, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What was decided when the request came is approved now that it is stored; a crash in between leaves a request that ends by itself.
        var approved = await _decision.ApproveDirectlyAsync(request, decided, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (!approved.Succeeded)
        {
            await _store.TryDenyRequestAsync(request.Tenant, request.Id, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await ObserveAsync(request, approved.Value, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whoever oversees may be away; the person is told all the same.
            if (await AnnounceAsync(request, cancellationToken).ConfigureAwait(false))
            {
                await _store.AppendConsentEventAsync(request.Tenant, approved.Value.Id, new(_time.GetUtcNow(), ToldEvent, _options.Issuer), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ObserveAsync(CibaRequest request, ConsentRecord consent, CancellationToken cancellationToken)
    {
        if (consent.Ground is { Kind: ConsentGroundKind.BreakGlass })
        {
            foreach (var observer in _observers)
            {
                await observer.GlassBrokenAsync(new(request.Id, consent), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether an announcement went out.</summary>
    private async ValueTask<bool> AnnounceAsync(CibaRequest request, CancellationToken cancellationToken)
    {
        var devices = await _store.ListDevicesAsync(request.Tenant, request.Subject, cancellationToken).ConfigureAwait(false);
        if (devices.FirstOrDefault(device => device.PushAddress.Length > 0 && device.MayActAt(_time.GetUtcNow())) is { } newest)
        {
            // One device is announced to, the one enrolled last: changing phones moves the announcement (row A5). A card rings nowhere.
            return await _notifier.NotifyAsync(newest.PushAddress, request.Id, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private async ValueTask<MedIdResult<AccessContext>> PrepareAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken)
    {
        var scopes = NoticeFactory.ResourceScopes(request.Parameters.Scopes);
        if (!scopes.Succeeded)
        {
            return scopes.Error;
        }

        var evidence = await VerifyEvidenceAsync(request, cancellationToken).ConfigureAwait(false);
        if (!evidence.Succeeded)
        {
            return evidence.Error;
        }

        var account = await _store.FindAccountAsync(request.Tenant, request.AccountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section);
        }

        if (request.Parameters.Resource is not { } resource || !account.Patients.TryGetValue(resource, out var patient))
        {
            return new MedIdError(ProviderErrorCodes.PatientNotKnownAtResource, ErrorCategory.State, Section, "name a resource that knows the person (RFC 8707)");
        }

        var purpose = NoticeFactory.Purpose(evidence.Value.Purpose, account.Language);
        if (!purpose.Succeeded)
        {
            return purpose.Error;
        }

        var now = _time.GetUtcNow();
        var answer = await DecideAsync(request, evidence.Value, account, resource, patient, scopes.Value, purpose.Value, now, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null)
        {
            return answer.Error;
        }

        if (answer.Decision is null && !(await _store.ListDevicesAsync(request.Tenant, account.Id, cancellationToken).ConfigureAwait(false)).Any(device => device.MayActAt(now)))
        {
            return new MedIdError(ProviderErrorCodes.NoDevice, ErrorCategory.State, Section, "the person has no enrolled device that may act");
        }

        // What is said about a recipient is for people who are asked or asked before; an emergency is neither.
        var terms = answer.Decision is { Ground.Kind: ConsentGroundKind.BreakGlass }
            ? new NoticeTerms(new(ConsentReuse.EachTime, _options.Access), About: null)
            : await NoticeTerms.OfAsync(
                _store, _options, request, account, scopes.Value, purpose.Value, asked: answer.Decision is null, now, cancellationToken).ConfigureAwait(false);
        if (!terms.Succeeded)
        {
            return terms.Error;
        }

        // Consumed last, so that a refusal for another reason does not burn the evidence.
        foreach (var key in (ReplayKey[])[evidence.Value.ReplayKey, .. answer.Decision?.ReplayKeys ?? []])
        {
            if (!await _store.TryConsumeAsync(request.Tenant, key, cancellationToken).ConfigureAwait(false))
            {
                return ReferenceEquals(key, evidence.Value.ReplayKey)
                    ? new MedIdError(ProviderErrorCodes.PractitionerEvidenceReplayed, ErrorCategory.State, Section, "fetch fresh evidence for each request")
                    : new MedIdError(ProviderErrorCodes.FaceToFaceReplayed, ErrorCategory.State, Section, "sign a fresh statement for each request");
            }
        }

        var recipient = new ConsentParty(request.Client.ClientId, request.Client.Metadata.NameIn(account.Language));
        var practitioner = evidence.Value.ToConsentPractitioner();
        var accessUntil = WholeSeconds(answer.Decision is { } decided ? Earlier(now + decided.Access, decided.Until) : request.ExpiresAt + terms.Value.Reuse.Access);
        var notice = NoticeFactory.Make(
            _options.Issuer, request.Id, recipient, practitioner, purpose.Value, scopes.Value, account.Language, request.Parameters.BindingMessage, accessUntil, terms.Value, answer.Decision?.Ground);
        return new AccessContext
        {
            Notice = notice.ToCanonicalJson(),
            TextsVersion = notice.TextsVersion,
            Language = notice.Language,
            Recipient = recipient,
            Practitioner = practitioner,
            Purpose = purpose.Value,
            Actor = evidence.Value.Actor,
            Patient = patient,
            AccessUntil = accessUntil,
            Shown = [.. scopes.Value.Select(scope => scope.Value)],
            Reuse = terms.Value.Reuse.Variant,
            RecipientVersion = terms.Value.About?.Version,
            Decision = answer.Decision,
        };
    }

    /// <summary>The first path that decides or refuses; null: the person is asked.</summary>
    private async ValueTask<AccessPathAnswer> DecideAsync(
        ValidatedBackchannelRequest request,
        PractitionerEvidence evidence,
        Account account,
        string resource,
        string patient,
        IReadOnlyList<FhirScope> scopes,
        ConsentPurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        AuthorizationDetails? details = null;
        if (request.Parameters.AuthorizationDetails is { } json)
        {
            var parsed = AuthorizationDetails.Parse(json);
            if (!parsed.Succeeded)
            {
                return parsed.Error;
            }

            details = parsed.Value;
        }

        var query = new AccessQuery
        {
            Request = request,
            Evidence = evidence,
            Account = account,
            Resource = resource,
            Patient = patient,
            Scopes = scopes,
            Purpose = purpose,
            Details = details,
            At = now,
        };

        // btg is never a thing to be agreed to on a phone: the request breaks the glass, or it is refused.
        var emergency = BreakGlassAccess.IsAsked(query);
        if (!emergency.Succeeded)
        {
            return emergency.Error;
        }

        foreach (var path in _paths.Where(path => (path.Kind == ConsentGroundKind.BreakGlass) == emergency.Value && IsKnown(path, request)))
        {
            var answer = await path.TryAsync(query, cancellationToken).ConfigureAwait(false);
            if (answer != AccessPathAnswer.NotMine)
            {
                return answer;
            }
        }

        return emergency.Value ? BreakGlassAccess.NotOffered() : AccessPathAnswer.NotMine;
    }

    /// <summary>Whether a class of this OP says what a token of the path is, and the request takes that class.</summary>
    private bool IsKnown(IAccessPath path, ValidatedBackchannelRequest request) =>
        _options.AcrTable!.Decide(request.Parameters.AcrValues, GroundProtocols.Of(path.Kind), GroundProtocols.NoFacts) is not null;

    private async ValueTask<MedIdResult<PractitionerEvidence>> VerifyEvidenceAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameters.ActorToken is not { } token)
        {
            return new MedIdError(
                ProviderErrorCodes.PractitionerEvidenceMissing, ErrorCategory.Protocol, Section, "send actor_token inside the signed request, with actor_token_type urn:ietf:params:oauth:token-type:jwt");
        }

        if (HpkiPractitioners.IsUnverifiedEvidence(token))
        {
            return _hpki is null
                ? PractitionerEvidenceVerifier.Untrusted("evidence by HPKI cards is not accepted here")
                : await _hpki.VerifyAsync(token, _options.Issuer, request.Client.ClientId, request.Parameters.Scopes, cancellationToken).ConfigureAwait(false);
        }

        var issuer = PractitionerEvidenceVerifier.PeekUnverifiedIssuer(token);
        if (!issuer.Succeeded)
        {
            return issuer.Error;
        }

        var at = _time.GetUtcNow();
        return await _practitioners.VerifyAsync(
            issuer.Value,
            trusted => PractitionerEvidenceVerifier.Verify(token, trusted, _options.Issuer, request.Client.ClientId, _options.Algorithms, at),
            cancellationToken).ConfigureAwait(false);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
