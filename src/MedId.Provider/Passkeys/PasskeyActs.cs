using System.Buffers.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Provider;

/// <summary>The acts of a patient's passkey (FIDO2): enrol, sign in, open a request, and the last act whose challenge covers notice and choice (row A7).</summary>
/// <remarks>An act is taken out of the store before its answer is judged, so an answer can be judged once only, whatever it is.</remarks>
public sealed partial class PasskeyActs
{
    private const string Section = "MedId walk, enrolment and step 4 with a passkey";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly PasskeyOptions _passkeys;
    private readonly AccessRequests _requests;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly ApprovalDecision _decision;
    private readonly DeviceStanding _standing;
    private readonly StandingConsents? _beforehand;
    private readonly AskedRequests _asked;
    private readonly RegistrationVerifier _registrations;
    private readonly AuthenticationVerifier _authentications;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices, with <see cref="ProviderOptions.Passkeys"/>.</param>
    /// <param name="requests">The patient's side of requests.</param>
    /// <param name="time">The clock.</param>
    /// <param name="beforehand">Consents given beforehand; null when the OP takes none.</param>
    /// <exception cref="InvalidOperationException">The options are incomplete, or passkeys are not configured.</exception>
    public PasskeyActs(IProviderStore store, ProviderOptions options, AccessRequests requests, TimeProvider time, StandingConsents? beforehand = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfWrong();
        _passkeys = options.Passkeys ?? throw new InvalidOperationException("ProviderOptions.Passkeys is not set.");
        (_store, _options, _requests, _time) = (store, options, requests, time);
        _access = new(store, options, time);
        _decision = new(store, options);
        _standing = new(store, options);
        _beforehand = beforehand;
        _asked = new(store, options);
        var keys = new PublicKeyCache();
        _registrations = new(keys);
        _authentications = new(keys);
    }

    /// <summary>The document of <c>/.well-known/webauthn</c>; null without related origins.</summary>
    public RelatedOriginsDocument? RelatedOrigins => _passkeys.RelatedOrigins.Count > 0 ? new RelatedOriginsDocument { Origins = [.. _passkeys.RelatedOrigins] } : null;

    /// <summary>Begins a sign-in of whoever holds a passkey of this OP; nobody is named.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act.</returns>
    public ValueTask<MedIdResult<PasskeyAct>> BeginSignInAsync(CancellationToken cancellationToken = default)
    {
        var nonce = SecretGenerator.Base64Url();

        // Whose passkey answers turns out with the answer.
        return BeginAsync(New(CeremonyKind.SignIn, string.Empty, nonce, Challenge.SignIn(nonce, _options.Issuer), _time.GetUtcNow()), [], cancellationToken);
    }

    /// <summary>Begins the act that opens one request.</summary>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when no pending request has this id, or its person has no passkey that may act.</returns>
    public async ValueTask<MedIdResult<PasskeyAct>> BeginOpenAsync(string requestId, CancellationToken cancellationToken = default)
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

        var nonce = SecretGenerator.Base64Url();
        return await BeginForAsync(
            New(CeremonyKind.Open, request.Subject, nonce, Challenge.Open(nonce, requestId), now, told ? null : request.ExpiresAt) with { RequestId = requestId },
            AskedRequests.Accounts(request),
            now,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the choice and asks for the last act, whose challenge covers notice and choice; nothing is approved yet.</summary>
    /// <param name="deviceToken">The token of the request, from sign-in or opening.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when token, request or choice do not allow it.</returns>
    public async ValueTask<MedIdResult<PasskeyAct>> ChooseAsync(
        string? deviceToken, string requestId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken = default)
    {
        var chosen = await _requests.MakeChoiceAsync(deviceToken, requestId, confirmed, granted, cancellationToken).ConfigureAwait(false);
        if (!chosen.Succeeded)
        {
            return chosen.Error;
        }

        var (request, context, choice, account) = chosen.Value;
        var now = _time.GetUtcNow();
        var nonce = SecretGenerator.Base64Url();
        var canonicalChoice = choice.ToCanonicalJson();
        var digest = ConsentDigest.Compute(context.Notice, canonicalChoice);
        return await BeginForAsync(
            New(CeremonyKind.Consent, account, nonce, Challenge.Consent(nonce, digest), now, request.ExpiresAt) with
            {
                RequestId = request.Id,
                Choice = canonicalChoice,
                Digest = digest,
            },
            [account],
            now,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the answer to a sign-in, an opening or the last act.</summary>
    /// <param name="actId">The act's id.</param>
    /// <param name="credential">AuthenticationResponseJSON, UTF-8.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Tokens and waiting requests, or after the last act nothing but success. A counter that went back suspends the device.</returns>
    public async ValueTask<MedIdResult<PasskeyOutcome>> CompleteAsync(string actId, ReadOnlyMemory<byte> credential, CancellationToken cancellationToken = default)
    {
        var response = AuthenticationResponse.Parse(credential.Span);
        if (!response.Succeeded)
        {
            return response.Error;
        }

        var now = _time.GetUtcNow();
        var ceremony = await TakeAsync(actId, now, cancellationToken).ConfigureAwait(false);
        if (ceremony is null or { Kind: CeremonyKind.Enrol })
        {
            return UnknownAct();
        }

        var device = await _store.FindDeviceByHandleAsync(_options.Tenant, PasskeyDevice.HandleDigest(response.Value.RawId.Span), cancellationToken).ConfigureAwait(false);
        var opened = ceremony.Kind == CeremonyKind.Open ? await _store.FindRequestAsync(_options.Tenant, ceremony.RequestId!, cancellationToken).ConfigureAwait(false) : null;
        var view = device is null || opened is null ? null : AskedRequests.Find(opened, device.AccountId);
        if (device is null || (ceremony.Kind == CeremonyKind.Open ? view is null : ceremony.AccountId.Length > 0 && !string.Equals(device.AccountId, ceremony.AccountId, StringComparison.Ordinal)))
        {
            return new MedIdError(Fido2ErrorCodes.CredentialNotAllowed, ErrorCategory.Untrusted, "WebAuthn L3 §7.2 steps 5 and 6", "no passkey of this person");
        }

        var verified = _authentications.Verify(
            new AuthenticationExpectations
            {
                RpId = _passkeys.RpId,
                Origins = _passkeys.AllOrigins,
                Challenge = Bytes(ceremony),
                Now = now,
                UserVerification = UserVerificationRequirement.Required,
                Backup = _passkeys.Backup,
                AlgorithmPolicy = _options.Algorithms,
                Credential = PasskeyDevice.From(device),
                UserIdentified = ceremony.AccountId.Length > 0,
                UserHandle = PasskeyDevice.UserHandle(_options.Tenant, device.AccountId),
                Counter = CounterPolicy.Report,
            },
            response.Value);
        if (verified.Succeeded && view is not null && await _asked.RefuseAsync(view, now, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return ended;
        }

        return verified.Succeeded
            ? await AcceptAsync(ceremony, response.Value, verified.Evidence, device, now, cancellationToken).ConfigureAwait(false)
            : verified.Error;
    }

    private static MedIdError Refuse(string code, ErrorCategory category, string? detail = null) => new(code, category, Section, detail);

    private static MedIdError UnknownAct() => Refuse(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, "the act is unknown, answered before, past its end, or of another kind");

    private static byte[] Bytes(Ceremony ceremony) => Base64Url.DecodeFromChars(ceremony.Challenge);

    private static CredentialDescriptor Describe(CredentialRecord record) => new(record.Id) { Transports = record.Transports.Count > 0 ? record.Transports : null };

    private Ceremony New(CeremonyKind kind, string accountId, string nonce, string challenge, DateTimeOffset now, DateTimeOffset? notAfter = null)
    {
        var end = now + _options.CeremonyLifetime;
        return new()
        {
            Tenant = _options.Tenant,
            Id = SecretGenerator.Base64Url(),
            Kind = kind,
            Protocol = PasskeyDevice.Protocol,
            AccountId = accountId,
            Nonce = nonce,
            Challenge = challenge,
            ExpiresAt = notAfter is { } limit && limit < end ? limit : end,
        };
    }

    private PasskeyAct Act(Ceremony ceremony, string publicKey) => new()
    {
        Id = ceremony.Id,
        PublicKey = publicKey,
        Nonce = ceremony.Nonce!,
        Lifetime = ceremony.ExpiresAt - _time.GetUtcNow(),
        Choice = ceremony.Choice,
        Digest = ceremony.Digest,
    };

    private async ValueTask<Ceremony?> TakeAsync(string actId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actId);
        var ceremony = actId.Length <= 128 ? await _store.TryTakeCeremonyAsync(_options.Tenant, actId, now, cancellationToken).ConfigureAwait(false) : null;
        return ceremony?.Protocol == PasskeyDevice.Protocol ? ceremony : null;
    }

    private async ValueTask<IReadOnlyList<CredentialRecord>> CredentialsAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await PasskeysAsync(accountId, cancellationToken).ConfigureAwait(false)).Select(PasskeyDevice.From)];

    private async ValueTask<IEnumerable<Device>> PasskeysAsync(string accountId, CancellationToken cancellationToken) =>
        (await _store.ListDevicesAsync(_options.Tenant, accountId, cancellationToken).ConfigureAwait(false)).Where(device => device.Protocol == PasskeyDevice.Protocol);

    /// <summary>Begins an act of a known person, whose passkeys that may act are named.</summary>
    private async ValueTask<MedIdResult<PasskeyAct>> BeginForAsync(Ceremony ceremony, IReadOnlyList<string> accounts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Device> passkeys = [];
        foreach (var account in accounts)
        {
            passkeys.AddRange(await PasskeysAsync(account, cancellationToken).ConfigureAwait(false));
        }

        Device[] able = [.. passkeys.Where(device => device.MayActAt(now))];
        if (able.Length == 0)
        {
            return passkeys.Count > 0 ? DeviceStanding.Refuse(passkeys[0], now)! : Refuse(ProviderErrorCodes.NoDevice, ErrorCategory.State, "the person has enrolled no passkey");
        }

        return await BeginAsync(ceremony, [.. able.Select(device => Describe(PasskeyDevice.From(device)))], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MedIdResult<PasskeyAct>> BeginAsync(Ceremony ceremony, IReadOnlyList<CredentialDescriptor> allowed, CancellationToken cancellationToken)
    {
        await _store.AddCeremonyAsync(ceremony, cancellationToken).ConfigureAwait(false);
        return Act(ceremony, new PublicKeyCredentialRequestOptions
        {
            Challenge = Bytes(ceremony),
            RpId = _passkeys.RpId,
            Timeout = _options.CeremonyLifetime,
            AllowCredentials = allowed,
            UserVerification = "required",
        }.ToJson());
    }

    private async ValueTask<MedIdResult<PasskeyOutcome>> AcceptAsync(
        Ceremony ceremony, AuthenticationResponse response, AuthenticationEvidence evidence, Device device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((DeviceStanding.Refuse(device, now) ?? await _standing.RefuseModelAsync(device.Model, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            return refusal;
        }

        if (evidence.CloneSuspected)
        {
            await _standing.SuspectCloneAsync(device.AccountId, device.Id, now, cancellationToken).ConfigureAwait(false);
            return new MedIdError(Fido2ErrorCodes.CounterNotAdvanced, ErrorCategory.Untrusted, "WebAuthn L3 §7.2 step 22", "there may be a copy of the key");
        }

        var act = new PasskeyOutcome { Kind = ceremony.Kind, DeviceId = device.Id };
        if (ceremony.Kind == CeremonyKind.Consent)
        {
            var approved = await _decision.ApproveAsync(ceremony, PasskeyDevice.ToAct(evidence, response, device, ceremony, _passkeys.Attestation!, now), now, cancellationToken).ConfigureAwait(false);
            return approved.Then<PasskeyOutcome>(_ => act);
        }

        if (ceremony.Kind == CeremonyKind.Standing)
        {
            var given = await _beforehand!.GiveAsync(ceremony, PasskeyDevice.ToAct(evidence, response, device, ceremony, _passkeys.Attestation!, now), now, cancellationToken).ConfigureAwait(false);
            return given.Then<PasskeyOutcome>(one => act with { Standing = one });
        }

        var advance = new CounterAdvance
        {
            Tenant = _options.Tenant,
            Model = device.Model,
            KeyId = device.KeyId,
            Expected = device.SignCounter,
            Next = evidence.Update().SignCount,
            BackedUp = evidence.BackupState,
            At = now,
        };
        if (!await _store.TryAdvanceCounterAsync(advance, cancellationToken).ConfigureAwait(false))
        {
            return await _standing.RefuseAsync(device.Id, now, cancellationToken).ConfigureAwait(false)
                ?? Refuse(ProviderErrorCodes.CounterMoved, ErrorCategory.State, "another act of this authenticator came in between");
        }

        var account = await _store.FindAccountAsync(_options.Tenant, device.AccountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return Refuse(ProviderErrorCodes.AccountSuspended, ErrorCategory.State);
        }

        return act with
        {
            DeviceToken = await _access.GrantAsync(device.AccountId, device.Id, ceremony.RequestId, cancellationToken).ConfigureAwait(false),
            Waiting = ceremony.Kind == CeremonyKind.SignIn ? await WaitingAsync(device, now, cancellationToken).ConfigureAwait(false) : [],
        };
    }

    /// <summary>Nobody rings at a passkey: what waits is told after the sign-in.</summary>
    private async ValueTask<IReadOnlyList<WaitingRequest>> WaitingAsync(Device device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<WaitingRequest> waiting = [];
        foreach (var request in await _asked.ListWaitingAsync(device.AccountId, now, cancellationToken).ConfigureAwait(false))
        {
            waiting.Add(new(request.Id, await _access.GrantAsync(device.AccountId, device.Id, request.Id, cancellationToken).ConfigureAwait(false)));
        }

        return waiting;
    }
}
