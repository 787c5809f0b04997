using System.Buffers.Text;
using System.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <summary>The UAF acts of a patient's device: enrol, open a request, sign in to the history, and the last act that signs a choice.</summary>
/// <remarks>An act is taken out of the store before its answer is judged, so an answer can be judged once only, whatever it is.</remarks>
public sealed partial class DeviceActs
{
    private const string Section = "MedId walk, enrolment and step 4";
    private const string HandleLabel = "account handle";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly TrustedFacetList? _facets;
    private readonly DeviceAccess _access;
    private readonly ApprovalDecision _decision;
    private readonly DeviceStanding _standing;
    private readonly StandingConsents? _beforehand;
    private readonly AskedRequests _asked;
    private readonly ProxyAppointments _appointments;
    private readonly UafRequestFactory _requests;
    private readonly UafRegistrationVerifier _registrations;
    private readonly UafAuthenticationVerifier _authentications;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices, validated.</param>
    /// <param name="time">The clock.</param>
    /// <param name="beforehand">Consents given beforehand; null when the OP takes none.</param>
    /// <exception cref="InvalidOperationException">The options are incomplete; the message names what is missing.</exception>
    public DeviceActs(IProviderStore store, ProviderOptions options, TimeProvider time, StandingConsents? beforehand = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfWrong();
        _store = store;
        _options = options;
        _time = time;
        _facets = options.UsesUaf ? new([.. options.Facets]) : null;
        _access = new(store, options, time);
        _decision = new(store, options);
        _standing = new(store, options);
        _beforehand = beforehand;
        _asked = new(store, options);
        _appointments = new(store, options);
        _requests = new(options.EffectiveAppId);
        var keys = new PublicKeyCache();
        _registrations = new(keys);
        _authentications = new(keys);
    }

    /// <summary>The facet list that the OP serves at its appID.</summary>
    /// <exception cref="InvalidOperationException">The OP does not know UAF.</exception>
    public TrustedFacetList Facets => _facets ?? throw new InvalidOperationException("This OP does not know UAF: call AddUaf.");

    /// <summary>Begins the act that opens one request.</summary>
    /// <param name="requestId">The opaque id from the push.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when no pending request has this id.</returns>
    public async ValueTask<MedIdResult<ActRequest>> BeginOpenAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        var now = _time.GetUtcNow();
        var request = await _store.FindRequestAsync(_options.Tenant, requestId, cancellationToken).ConfigureAwait(false);
        var told = ToldAccess.IsOf(request);
        if (request is null || (request.Status != CibaStatus.Pending && !told))
        {
            return Refuse(ProviderErrorCodes.RequestNotPending, ErrorCategory.State, "the request is unknown or decided");
        }

        if (now >= request.ExpiresAt && !told)
        {
            return Refuse(ProviderErrorCodes.RequestExpired, ErrorCategory.State);
        }

        if (await _standing.RefuseAllAsync(AskedRequests.Accounts(request), now, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var nonce = SecretGenerator.Base64Url();
        return await BeginAuthenticationAsync(
            New(CeremonyKind.Open, request.Subject, Challenge.Open(nonce, requestId), now, told ? null : request.ExpiresAt) with { RequestId = requestId },
            nonce,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins the act that opens the consent history.</summary>
    /// <param name="accountHandle">The handle given at enrolment.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when no device was given this handle.</returns>
    public async ValueTask<MedIdResult<ActRequest>> BeginSignInAsync(string accountHandle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accountHandle);
        var device = await _store.FindDeviceByHandleAsync(_options.Tenant, SecretDigest.Compute(HandleLabel, accountHandle), cancellationToken).ConfigureAwait(false);
        if (device is null)
        {
            return Refuse(ProviderErrorCodes.NoDevice, ErrorCategory.State, "no device was given this handle");
        }

        var now = _time.GetUtcNow();
        if (DeviceStanding.Refuse(device, now) is { } refusal)
        {
            return refusal;
        }

        var nonce = SecretGenerator.Base64Url();
        return await BeginAuthenticationAsync(
            New(CeremonyKind.SignIn, device.AccountId, Challenge.SignIn(nonce, accountHandle), now),
            nonce,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the last act: one ASCII line that carries the digest of notice and choice.</summary>
    internal async ValueTask<MedIdResult<ActRequest>> BeginConsentAsync(ChosenRequest chosen, CancellationToken cancellationToken)
    {
        var (request, context, choice, account) = chosen;
        var nonce = SecretGenerator.Base64Url();
        var canonicalChoice = choice.ToCanonicalJson();
        var digest = ConsentDigest.Compute(context.Notice, canonicalChoice);
        var line = ConsentDigest.TransactionLine(request.ClientId, request.BindingMessage, digest);
        return await BeginAuthenticationAsync(
            New(CeremonyKind.Consent, account, Challenge.Consent(nonce, digest), _time.GetUtcNow(), request.ExpiresAt) with
            {
                RequestId = request.Id,
                Transaction = line,
                Choice = canonicalChoice,
                Digest = digest,
            },
            nonce,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the phone's answer to any act.</summary>
    /// <param name="uafResponse">The UAF response, the JSON array as a string.</param>
    /// <param name="ticket">The enrolment ticket again, for an enrolment; null otherwise.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What the phone gets: an account handle, a device token, or nothing but success.</returns>
    public async ValueTask<MedIdResult<ActOutcome>> CompleteAsync(string uafResponse, string? ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uafResponse);
        if (_facets is null)
        {
            return WithoutUaf();
        }

        var registration = ticket is null ? null : RegistrationResponse.Parse(uafResponse);
        var authentication = ticket is null ? AuthenticationResponse.Parse(uafResponse) : null;
        if ((registration?.Error ?? authentication?.Error) is { } malformed)
        {
            return malformed;
        }

        var header = registration?.Value!.Header ?? authentication!.Value!.Header;
        var now = _time.GetUtcNow();
        var ceremony = header.ServerData is { Length: <= 128 } id
            ? await _store.TryTakeCeremonyAsync(_options.Tenant, id, now, cancellationToken).ConfigureAwait(false)
            : null;
        if (ceremony is null or { Kind: CeremonyKind.Compose } || ceremony.Protocol is not null || (ceremony.Kind == CeremonyKind.Enrol) != (ticket is not null))
        {
            return Refuse(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, "the act is unknown, answered before, or past its end");
        }

        return registration is not null
            ? await EnrolAsync(ceremony, registration.Value!, ticket!, now, cancellationToken).ConfigureAwait(false)
            : await AuthenticateAsync(ceremony, authentication!.Value!, now, cancellationToken).ConfigureAwait(false);
    }

    private static MedIdError Refuse(string code, ErrorCategory category, string? detail = null) => new(code, category, Section, detail);

    /// <summary>An act to be waited for: never longer than the request that it is about.</summary>
    private Ceremony New(CeremonyKind kind, string accountId, string challenge, DateTimeOffset now, DateTimeOffset? notAfter = null)
    {
        var end = now + _options.CeremonyLifetime;
        return new()
        {
            Tenant = _options.Tenant,
            Id = SecretGenerator.Base64Url(),
            Kind = kind,
            AccountId = accountId,
            Challenge = challenge,
            ExpiresAt = notAfter is { } limit && limit < end ? limit : end,
        };
    }

    private static byte[] Bytes(string challenge) => Base64Url.DecodeFromChars(challenge);

    private UafPolicy PolicyWithout(IReadOnlyList<UafRegistration> registered) => registered.Count == 0 ? _options.Policy! : _options.Policy!.WithoutRegistered(registered);

    private ActRequest Act(Ceremony ceremony, string nonce, UafRequest request) => new()
    {
        UafRequest = request.Json,
        Operation = request.Operation,
        Lifetime = ceremony.ExpiresAt - _time.GetUtcNow(),
        Nonce = nonce,
        Choice = ceremony.Choice,
        Digest = ceremony.Digest,
    };

    private async ValueTask<IReadOnlyList<UafRegistration>> RegistrationsAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await _store.ListDevicesAsync(_options.Tenant, accountId, cancellationToken).ConfigureAwait(false))
            .Where(device => device.Protocol == DeviceRegistration.Protocol).Select(DeviceRegistration.From)];

    private static MedIdError WithoutUaf() => Refuse(ProviderErrorCodes.NoDevice, ErrorCategory.Unsupported, "this OP does not know UAF");

    private async ValueTask<MedIdResult<ActRequest>> BeginAuthenticationAsync(Ceremony ceremony, string nonce, CancellationToken cancellationToken)
    {
        if (_facets is null)
        {
            return WithoutUaf();
        }

        await _store.AddCeremonyAsync(ceremony, cancellationToken).ConfigureAwait(false);
        return Act(ceremony, nonce, _requests.CreateAuthentication(Bytes(ceremony.Challenge), _options.Policy!, Transactions(ceremony), ceremony.Id));
    }

    private static IReadOnlyList<UafTransaction> Transactions(Ceremony ceremony) => ceremony.Transaction is { } line ? [UafTransaction.FromText(line)] : [];

    private async ValueTask<MedIdResult<ActOutcome>> AuthenticateAsync(Ceremony ceremony, AuthenticationResponse response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A request may have been announced to several people; whose key it is that opens it turns out with the answer.
        var opened = ceremony.Kind == CeremonyKind.Open ? await _store.FindRequestAsync(_options.Tenant, ceremony.RequestId!, cancellationToken).ConfigureAwait(false) : null;
        List<UafRegistration> registrations = [];
        foreach (var account in opened?.Context is null ? [ceremony.AccountId] : AskedRequests.Accounts(opened))
        {
            registrations.AddRange(await RegistrationsAsync(account, cancellationToken).ConfigureAwait(false));
        }

        var verified = _authentications.Verify(Expect(ceremony, registrations, now), response);
        if (!verified.Succeeded)
        {
            return await SuspectAsync(ceremony, registrations, response, verified.Error, now, cancellationToken).ConfigureAwait(false);
        }

        var deviceId = Device.IdOf(verified.Value.Aaid.ToString(), verified.Value.KeyId.Value);
        if (await _standing.RefuseAsync(deviceId, now, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        if (opened?.Context is not null && await _asked.RefuseAsync(AskedRequests.Find(opened, verified.Value.User)!, now, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return ended;
        }

        if (ceremony.Kind is CeremonyKind.Consent or CeremonyKind.Standing or CeremonyKind.Appoint)
        {
            // The verifier matched the transaction; that the line is this request's is said once more where the consent is made from it.
            if (verified.Value.ConfirmedTransaction is not { } confirmed || !confirmed.Content.Span.SequenceEqual(Encoding.ASCII.GetBytes(ceremony.Transaction!)))
            {
                return new MedIdError(UafErrorCodes.TransactionMismatch, ErrorCategory.Untrusted, Section);
            }

            var act = DeviceRegistration.ToAct(verified.Value, response, ceremony);
            if (ceremony.Kind == CeremonyKind.Standing)
            {
                var given = await _beforehand!.GiveAsync(ceremony, act, now, cancellationToken).ConfigureAwait(false);
                return given.Then<ActOutcome>(one => new ActOutcome(CeremonyKind.Standing, one.Code));
            }

            var approved = ceremony.Kind == CeremonyKind.Appoint
                ? await _appointments.CompleteAsync(ceremony, act, now, cancellationToken).ConfigureAwait(false)
                : await _decision.ApproveAsync(ceremony, act, now, cancellationToken).ConfigureAwait(false);
            return approved.Then<ActOutcome>(_ => new ActOutcome(ceremony.Kind, Token: null));
        }

        var evidence = verified.Value;
        var advance = new CounterAdvance
        {
            Tenant = _options.Tenant,
            Model = evidence.Aaid.ToString(),
            KeyId = evidence.KeyId.Value,
            Expected = evidence.Registration.SignCounter,
            Next = evidence.SignCounter,
            At = now,
        };
        if (!await _store.TryAdvanceCounterAsync(advance, cancellationToken).ConfigureAwait(false))
        {
            return await _standing.RefuseAsync(deviceId, now, cancellationToken).ConfigureAwait(false)
                ?? Refuse(ProviderErrorCodes.CounterMoved, ErrorCategory.State, "another act of this authenticator came in between");
        }

        return new ActOutcome(ceremony.Kind, await _access.GrantAsync(evidence.User, deviceId, ceremony.RequestId, cancellationToken).ConfigureAwait(false));
    }

    private UafAuthenticationExpectations Expect(Ceremony ceremony, IReadOnlyList<UafRegistration> registrations, DateTimeOffset now) => new()
    {
        AppId = _options.EffectiveAppId,
        Challenge = ceremony.Challenge,
        ChallengeExpiresAt = ceremony.ExpiresAt,
        ServerData = ceremony.Id,
        User = ceremony.Kind == CeremonyKind.Open ? null : ceremony.AccountId,
        Policy = _options.Policy!,
        TrustedFacets = _facets!,
        Metadata = _options.Metadata!,
        Registrations = registrations,
        Transactions = Transactions(ceremony),
        Algorithms = _options.Algorithms,
        Now = now,
    };

    /// <summary>
    /// A counter that did not move on under a good signature: somebody may have a copy of the key, so the device is suspended before the act is refused. The counter is judged last, so only the
    /// key that signed gives this refusal when it is asked alone.
    /// </summary>
    private async ValueTask<MedIdError> SuspectAsync(
        Ceremony ceremony, IReadOnlyList<UafRegistration> registrations, AuthenticationResponse response, MedIdError refused, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (refused.Code == UafErrorCodes.CounterNotAdvanced)
        {
            foreach (var one in registrations.Where(one => _authentications.Verify(Expect(ceremony, [one], now), response).Error?.Code == refused.Code))
            {
                await _standing.SuspectCloneAsync(one.User, Device.IdOf(one.Aaid.ToString(), one.KeyId.Value), now, cancellationToken).ConfigureAwait(false);
            }
        }

        return refused;
    }
}
