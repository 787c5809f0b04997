using MedId.Ciba.Server;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Opens an access request behind a validated backchannel request: verifies the doctor's evidence, finds the words that the patient will read, and announces the request to the
/// enrolled device. Without evidence no health data is asked for (row A15); a request for none is a sign-in, and needs none.
/// </summary>
public sealed class AccessRequestOpener : IBackchannelRequestHandler
{
    /// <summary>The history's line when the person was told of what was opened without asking.</summary>
    internal const string ToldEvent = "told";

    private const string Section = "MedId walk, step 2";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly IPractitionerIssuerSource _practitioners;
    private readonly TimeProvider _time;
    private readonly HpkiPractitioners? _hpki;
    private readonly IReadOnlyList<IAccessPath> _paths;
    private readonly FirstAttempts _first;
    private readonly PromptLimits _limits;
    private readonly Announcer _announcer;
    private readonly DirectDecisions _decisions;
    private readonly ProxyRing _ring;
    private readonly SignInOpening _signIn;

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
        _time = time;
        _hpki = hpki;
        _paths = [.. paths ?? []];
        IReadOnlyList<IBreakGlassObserver> overseers = [.. observers ?? []];
        if (overseers.Count == 0 && _paths.Any(path => path.Kind == ConsentGroundKind.BreakGlass))
        {
            throw new ArgumentException("Whoever lets the glass be broken names who oversees it.", nameof(observers));
        }

        _first = new(store, options, time);
        _announcer = new(store, options, notifier, time);
        _decisions = new(store, options, overseers, time);
        _ring = new(store, options);
        _signIn = new(store, options, time);
        _limits = new(store, options);
    }

    /// <inheritdoc/>
    public async ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.StopGuard is { } guard && await guard.RefuseRequestAsync(request, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            return BackchannelDecision.Refuse(BackchannelRefusals.Of(stopped));
        }

        var context = await PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        return context.Succeeded ? BackchannelDecision.Accept(context.Value.ToJson()) : BackchannelDecision.Refuse(BackchannelRefusals.Of(context.Error));
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The store left a message with the request; the first attempt is made here, and whatever fails is tried again by the outbox.
        var decided = request.Context is not null && AuditedContext.Of(request.Context).IsDecided
            ? await _first.TryAsync(DirectDecisions.MessageId(request.Id), _decisions.AttemptAsync, cancellationToken).ConfigureAwait(false)
            : null;

        // Whoever oversees may be away; the person is told all the same.
        var announced = await _first.TryAsync(Announcer.MessageId(request.Id), _announcer.AttemptAsync, cancellationToken).ConfigureAwait(false);
        decided?.Throw();
        announced?.Throw();
    }

    private async ValueTask<MedIdResult<AccessContext>> PrepareAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken)
    {
        if (SignInOpening.IsAsked(request.Parameters))
        {
            var signIn = await _signIn.PrepareAsync(request, cancellationToken).ConfigureAwait(false);
            return signIn.Succeeded && await _limits.RefuseAsync(request, organization: null, [request.AccountId], _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } tooMany
                ? tooMany
                : signIn;
        }

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

        var asked = answer.Decision is null
            ? await _ring.WhoAsync(account, purpose.Value.Code, scopes.Value, now, cancellationToken).ConfigureAwait(false)
            : new(Person: true, []);
        if (asked.Nobody)
        {
            return new MedIdError(ProviderErrorCodes.NoDevice, ErrorCategory.State, Section, "nobody who may decide has an enrolled device that may act");
        }

        var context = await MakeContextAsync(request, evidence.Value, account, patient, scopes.Value, purpose.Value, answer.Decision, relation: null, now, cancellationToken).ConfigureAwait(false);
        if (!context.Succeeded)
        {
            return context.Error;
        }

        List<AskedView> proxies = [];
        foreach (var proxy in asked.Proxies)
        {
            var view = await ViewAsync(request, evidence.Value, account, patient, proxy, now, cancellationToken).ConfigureAwait(false);
            if (!view.Succeeded)
            {
                return view.Error;
            }

            // One consent comes of the request, whoever gives it.
            proxies.Add(view.Value with { Context = view.Value.Context with { ConsentId = context.Value.ConsentId } });
        }

        // A decision that was made beforehand disturbs nobody; what does is counted.
        if (answer.Decision is null
            && await _limits.RefuseAsync(request, evidence.Value.OrganizationId, asked.Person ? [account.Id] : [.. asked.Proxies.Select(proxy => proxy.Account.Id)], now, cancellationToken).ConfigureAwait(false) is { } limited)
        {
            return limited;
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

        return context.Value with { AsksPerson = asked.Person, Proxies = proxies };
    }

    /// <summary>What a proxy is shown: in the proxy's language, what the relation covers, no longer than it lasts.</summary>
    private async ValueTask<MedIdResult<AskedView>> ViewAsync(
        ValidatedBackchannelRequest request, PractitionerEvidence evidence, Account person, string patient, ProxyRing.AskedProxy proxy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reader = person with { Language = proxy.Account.Language };
        var purpose = NoticeFactory.Purpose(evidence.Purpose, reader.Language);
        if (!purpose.Succeeded)
        {
            return purpose.Error;
        }

        var words = purpose.Value with { Text = ProxyTexts.FindPurpose(purpose.Value.Code, reader.Language) ?? purpose.Value.Text };
        var context = await MakeContextAsync(request, evidence, reader, patient, proxy.Scopes, words, decision: null, proxy.Relation, now, cancellationToken).ConfigureAwait(false);
        return context.Then<AskedView>(made => new AskedView(made, new()
        {
            RelationId = proxy.Relation.Id,
            Subject = proxy.Relation.Proxy,
            Name = proxy.Relation.ProxyName,
            Relationship = proxy.Relation.Relationship,
            LegalBasis = proxy.Relation.LegalBasis,
            PatientName = proxy.Relation.PatientName,
        }));
    }

    private async ValueTask<MedIdResult<AccessContext>> MakeContextAsync(
        ValidatedBackchannelRequest request,
        PractitionerEvidence evidence,
        Account account,
        string patient,
        IReadOnlyList<FhirScope> scopes,
        ConsentPurpose purpose,
        AccessDecision? decision,
        ProxyRelation? relation,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // What is said about a recipient is for people who are asked or asked before; an emergency is neither.
        var terms = decision is { Ground.Kind: ConsentGroundKind.BreakGlass }
            ? new NoticeTerms(new(ConsentReuse.EachTime, _options.Access), About: null)
            : await NoticeTerms.OfAsync(_store, _options, request, account, scopes, purpose, asked: decision is null, now, cancellationToken).ConfigureAwait(false);
        if (!terms.Succeeded)
        {
            return terms.Error;
        }

        var recipient = new ConsentParty(request.Client.ClientId, request.Client.Metadata.NameIn(account.Language));
        var practitioner = evidence.ToConsentPractitioner();
        var end = decision is null ? request.ExpiresAt + terms.Value.Reuse.Access : Earlier(now + decision.Access, decision.Until);
        var accessUntil = WholeSeconds(Earlier(end, relation?.EndsAt));
        var notice = NoticeFactory.Make(
            _options.Issuer, request.Id, recipient, practitioner, purpose, scopes, account.Language, request.Parameters.BindingMessage, accessUntil, terms.Value, decision?.Ground);
        if (relation is not null)
        {
            notice = notice.For(NoticeProxy.Of(relation, _options.Proxies!, account.Language));
        }

        return new AccessContext
        {
            Notice = notice.ToCanonicalJson(),
            TextsVersion = notice.TextsVersion,
            Language = notice.Language,
            Recipient = recipient,
            Practitioner = practitioner,
            Purpose = purpose,
            Actor = evidence.Actor,
            Patient = patient,
            AccessUntil = accessUntil,
            Shown = [.. scopes.Select(scope => scope.Value)],
            Reuse = terms.Value.Reuse.Variant,
            RecipientVersion = terms.Value.About?.Version,
            Decision = decision,
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

        // A code is for what was agreed to with it and for nothing else: nobody's device is asked on it.
        var byCode = _options.OneTimeCodes is not null && OneTimeCodes.IsHint(request.Parameters);
        if (byCode && emergency.Value)
        {
            return OneTimeCodeAccess.Refused("a code breaks no glass");
        }

        foreach (var path in _paths.Where(path => (path.Kind == ConsentGroundKind.BreakGlass) == emergency.Value && (path.Kind == ConsentGroundKind.OneTimeCode || !byCode) && IsKnown(path, request)))
        {
            var answer = await path.TryAsync(query, cancellationToken).ConfigureAwait(false);
            if (answer != AccessPathAnswer.NotMine && !await IsOutdatedAsync(query, answer.Decision, cancellationToken).ConfigureAwait(false))
            {
                return answer;
            }
        }

        return byCode ? OneTimeCodeAccess.Refused("no requested class says that no device was asked")
            : emergency.Value ? BreakGlassAccess.NotOffered() : AccessPathAnswer.NotMine;
    }

    /// <summary>Whether what is said about the recipient changed materially since the consent that decides was given beforehand: then the person is asked, as after every such change.</summary>
    private async ValueTask<bool> IsOutdatedAsync(AccessQuery query, AccessDecision? decision, CancellationToken cancellationToken)
    {
        var (register, client) = (_options.NoticeRegister, query.Request.Client.ClientId);
        return decision?.Ground.StandingConsentId is { } id && register.HasVersions(client)
            && await _store.FindStandingConsentAsync(query.Request.Tenant, id, cancellationToken).ConfigureAwait(false) is { } standing
            && !register.Stands(client, StandingNoticeReading.VersionOf(standing, client) ?? register.Current(client, standing.GivenAt)?.Version, query.At);
    }

    /// <summary>Whether a class of this OP says what a token of the path is, and the request takes that class.</summary>
    private bool IsKnown(IAccessPath path, ValidatedBackchannelRequest request) =>
        _options.AcrTable!.Decide(request.Parameters.AcrValues, GroundProtocols.Of(path.Kind), GroundProtocols.NoFacts) is not null;

    private async ValueTask<MedIdResult<PractitionerEvidence>> VerifyEvidenceAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameters.ActorToken is not { } token)
        {
            if (_options.DangerouslyAssumedPractitioner is { } assumed)
            {
                return assumed.ToEvidence(_options.Issuer, _time.GetUtcNow());
            }

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
