using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Consents that a person gives beforehand on their own device (rows A13, D4): compose, read the notice, choose, sign; list; take back. The last act itself is taken by <see cref="DeviceActs"/> or
/// <see cref="PasskeyActs"/>.
/// </summary>
public sealed class StandingConsents
{
    private const string Section = "MedId walk, consents given beforehand";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly IClientStore _clients;
    private readonly OneTimeCodes? _codes;
    private readonly ITrustFrameworkSource? _frameworks;
    private readonly WithdrawalReach _reach;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly ProxyRing _ring;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="clients">The clients, for recipients' names.</param>
    /// <param name="reach">Tells everybody about a withdrawal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="codes">Makes and digests one-time codes; null when the OP gives none.</param>
    /// <param name="frameworks">The trust frameworks that may be named; null when there are none.</param>
    public StandingConsents(
        IProviderStore store, ProviderOptions options, IClientStore clients, WithdrawalReach reach, TimeProvider time, OneTimeCodes? codes = null, ITrustFrameworkSource? frameworks = null)
    {
        (_store, _options, _clients, _reach, _time, _codes, _frameworks) = (store, options, clients, reach, time, codes, frameworks);
        _access = new(store, options, time);
        _ring = new(store, options);
    }

    /// <summary>Judges a composition and puts it into words. Nothing is agreed to yet.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="asked">What the person put together.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The notice; refused when token, recipients, scopes, purposes or bounds do not allow it, and for whom a proxy decides.</returns>
    public async ValueTask<MedIdResult<StandingOffer>> ComposeAsync(string? deviceToken, StandingComposition asked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var device = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!device.Succeeded)
        {
            return device.Error;
        }

        var now = _time.GetUtcNow();
        if (Bounds(asked, now) is { } refusal)
        {
            return refusal;
        }

        var account = await _store.FindAccountAsync(_options.Tenant, device.Value.AccountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return Refuse(ProviderErrorCodes.AccountSuspended);
        }

        if (await _ring.RefuseOwnAsync(account.Id, now, cancellationToken).ConfigureAwait(false) is { } notAlone)
        {
            return notAlone;
        }

        if (!account.Patients.ContainsKey(asked.Resource))
        {
            return Refuse(ProviderErrorCodes.PatientNotKnownAtResource, "name a resource that knows the person");
        }

        var words = StandingNoticeFactory.Read(asked.Scopes, asked.Purposes, account.Language);
        if (!words.Succeeded)
        {
            return words.Error;
        }

        var recipients = await FindRecipientsAsync(_clients, _options.Tenant, asked.Recipients, account.Language, cancellationToken).ConfigureAwait(false);
        if (!recipients.Succeeded)
        {
            return recipients.Error;
        }

        var framework = asked.TrustFramework is { } named && _frameworks is not null ? await _frameworks.FindAsync(named, cancellationToken).ConfigureAwait(false) : null;
        if (asked.TrustFramework is not null && framework is null)
        {
            return Refuse(ProviderErrorCodes.RecipientUnknown, "no trust framework of this OP");
        }

        var id = SecretGenerator.Base64Url();
        var notice = StandingNoticeFactory.Make(_options, id, asked, recipients.Value, words.Value.Scopes, words.Value.Purposes, account.Language, now, framework);
        var draft = new StandingDraft { Composition = asked, Notice = notice.ToCanonicalJson(), TextsVersion = notice.TextsVersion, Language = notice.Language };
        await _store.AddCeremonyAsync(
            new()
            {
                Tenant = _options.Tenant,
                Id = id,
                Kind = CeremonyKind.Compose,
                AccountId = account.Id,
                Challenge = string.Empty,
                ExpiresAt = now + _options.DeviceTokenLifetime,
                Standing = draft,
            },
            cancellationToken).ConfigureAwait(false);
        return new StandingOffer(id, draft.Notice, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(draft.Notice))), _options.DeviceTokenLifetime);
    }

    /// <summary>What the person gave beforehand, newest first, also what has ended.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consents.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<StandingConsent>>> ListAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var device = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!device.Succeeded)
        {
            return device.Error;
        }

        List<StandingConsent> found = [.. await _store.ListStandingConsentsAsync(_options.Tenant, device.Value.AccountId, cancellationToken).ConfigureAwait(false)];
        return found;
    }

    /// <summary>Takes one back, with everything that was opened by it.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="id">The consent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was withdrawn before; refused when the person has no such consent.</returns>
    public async ValueTask<MedIdResult<Unit>> WithdrawAsync(string? deviceToken, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var device = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!device.Succeeded)
        {
            return device.Error;
        }

        var (account, now) = (device.Value.AccountId, _time.GetUtcNow());
        var outcome = await _store.WithdrawStandingConsentAsync(_options.Tenant, id, account, now, cancellationToken).ConfigureAwait(false);
        if (outcome == WithdrawalOutcome.Unknown)
        {
            return Refuse(ProviderErrorCodes.ConsentUnknown);
        }

        if (outcome == WithdrawalOutcome.Withdrawn)
        {
            var ended = (await _store.ListConsentsAsync(_options.Tenant, account, cancellationToken).ConfigureAwait(false))
                .Where(consent => consent.Ground?.StandingConsentId == id && consent.WithdrawnAt == now).ToList();
            await _reach.TellAsync(ended, device.Value.DeviceId, cancellationToken).ConfigureAwait(false);
        }

        return Unit.Value;
    }

    /// <summary>Takes a draft and reads the choice against it, whichever device will sign. A choice that is refused leaves the draft.</summary>
    internal async ValueTask<MedIdResult<StandingChoice>> ChooseAsync(
        string? deviceToken, string draftId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draftId);
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        var draft = draftId.Length <= 128 ? await _store.TryTakeCeremonyAsync(_options.Tenant, draftId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) : null;
        if (draft is not { Kind: CeremonyKind.Compose, Standing: { } standing } || !string.Equals(draft.AccountId, account.Value, StringComparison.Ordinal))
        {
            if (draft is not null)
            {
                await _store.AddCeremonyAsync(draft, cancellationToken).ConfigureAwait(false);
            }

            return Refuse(ProviderErrorCodes.CeremonyUnknown, "no such draft of this person, or it was chosen from before");
        }

        var choice = ConsentChoice.Make(standing.Composition.Scopes, confirmed, granted);
        if (choice.Succeeded && !NoticeFactory.ResourceScopes(choice.Value.Granted).Succeeded)
        {
            choice = Refuse(ProviderErrorCodes.ChoiceRefused, "a choice keeps at least one kind of data");
        }

        if (!choice.Succeeded)
        {
            await _store.AddCeremonyAsync(draft, cancellationToken).ConfigureAwait(false);
            return choice.Error;
        }

        var canonical = choice.Value.ToCanonicalJson();
        return new StandingChoice(
            account.Value, draft.Id, standing with { Composition = standing.Composition with { Scopes = choice.Value.Granted } }, canonical, ConsentDigest.Compute(standing.Notice, canonical));
    }

    /// <summary>Records what a verified act has signed, and makes the code where one was asked for.</summary>
    internal async ValueTask<MedIdResult<StandingGiven>> GiveAsync(Ceremony ceremony, VerifiedAct act, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var draft = ceremony.Standing!;
        if (_options.AcrTable!.Decide([], act.Protocol, act.Facts) is not { } acr)
        {
            return new MedIdError(ProviderErrorCodes.AcrNotMet, ErrorCategory.Policy, "OIDC Core §3.1.2.1", "the authenticator reaches none of the classes");
        }

        // The guardian may have been registered since it was composed.
        if (await _ring.RefuseOwnAsync(ceremony.AccountId, at, cancellationToken).ConfigureAwait(false) is { } notAlone)
        {
            return notAlone;
        }

        var (asked, isCode) = (draft.Composition, draft.Composition.Kind == StandingConsentKind.OneTimeCode);
        (string Code, string Digest)? code = isCode ? await _codes!.NewAsync(at, cancellationToken).ConfigureAwait(false) : null;
        var standing = new StandingConsent
        {
            Tenant = _options.Tenant,
            Id = ceremony.RequestId!,
            Subject = ceremony.AccountId,
            Kind = asked.Kind,
            Resource = asked.Resource,
            Recipients = asked.Recipients,
            TrustFramework = asked.TrustFramework,
            Scopes = asked.Scopes,
            Purposes = asked.Purposes,
            Access = asked.Access,
            GivenAt = at,
            ValidUntil = isCode ? at + _options.OneTimeCodes!.Lifetime : asked.ValidUntil!.Value,
            MaxUses = isCode ? 1 : null,
            Notice = new()
            {
                Version = StandingNotice.CurrentVersion,
                TextsVersion = draft.TextsVersion,
                Language = draft.Language,
                Notice = draft.Notice,
                Choice = ceremony.Choice!,
                Digest = ceremony.Digest!,
            },
            Act = ApprovalDecision.MakeAct(act, acr, at),
            DeviceId = Device.IdOf(act.Model, act.KeyId),
            CodeDigest = code?.Digest,
        };
        if (at >= standing.ValidUntil)
        {
            return Refuse(ProviderErrorCodes.StandingBeyondBounds, "its end has come");
        }

        return await _store.TryGiveStandingConsentAsync(standing, act.UseBy(ceremony.AccountId), cancellationToken).ConfigureAwait(false) switch
        {
            ApprovalOutcome.Approved => new StandingGiven(standing.Id, code?.Code, standing.ValidUntil),
            ApprovalOutcome.AccountNotActive => Refuse(ProviderErrorCodes.AccountSuspended),
            ApprovalOutcome.DeviceNotActive when await new DeviceStanding(_store, _options).RefuseAsync(standing.DeviceId, at, cancellationToken).ConfigureAwait(false) is { } refusal => refusal,
            _ => Refuse(ProviderErrorCodes.CounterMoved),
        };
    }

    /// <summary>The recipients by name; refused when one is unknown, there twice, or asks for nothing by itself.</summary>
    internal static async ValueTask<MedIdResult<IReadOnlyList<ConsentParty>>> FindRecipientsAsync(
        IClientStore clients, TenantId tenant, IReadOnlyList<string> recipients, string language, CancellationToken cancellationToken)
    {
        var found = new List<ConsentParty>();
        foreach (var recipient in recipients)
        {
            var client = await clients.FindClientAsync(tenant, recipient, cancellationToken).ConfigureAwait(false);
            if (client?.Metadata.BackchannelTokenDeliveryMode is null || found.Exists(one => one.ClientId == recipient))
            {
                return Refuse(ProviderErrorCodes.RecipientUnknown, "a recipient is a client that is registered for CIBA, named once");
            }

            found.Add(new(recipient, client.Metadata.NameIn(language)));
        }

        return found;
    }

    private static MedIdError Refuse(string code, string? detail = null) => new(code, ErrorCategory.Policy, Section, detail);

    private MedIdError? Bounds(StandingComposition asked, DateTimeOffset now)
    {
        switch (asked.Kind)
        {
            case StandingConsentKind.PreRegistered when _options.StandingConsents is { } offered:
                if (asked.TrustFramework is null ? asked.Recipients.Count is 0 or > 64 : asked.Recipients.Count > 0)
                {
                    return Refuse(ProviderErrorCodes.RecipientUnknown, "named recipients, or a trust framework of this OP");
                }

                return asked.ValidUntil is { } end && end > now && end <= now + offered.LongestValidity && end.Ticks % TimeSpan.TicksPerSecond == 0 && IsAccess(asked.Access, offered.LongestAccess)
                    ? null
                    : Refuse(ProviderErrorCodes.StandingBeyondBounds, "an end and a time of access in whole seconds, within the OP's bounds");
            case StandingConsentKind.OneTimeCode when _options.OneTimeCodes is { } offered && _codes is not null:
                if (asked.Recipients.Count > 0 || asked.TrustFramework is not null)
                {
                    return Refuse(ProviderErrorCodes.RecipientUnknown, "who receives by a code is who is told it");
                }

                return asked.ValidUntil is null && IsAccess(asked.Access, offered.LongestAccess)
                    ? null
                    : Refuse(ProviderErrorCodes.StandingBeyondBounds, "a code has the OP's life; a time of access in whole seconds, within the OP's bounds");
            default:
                return Refuse(ProviderErrorCodes.StandingNotOffered);
        }
    }

    private static bool IsAccess(TimeSpan access, TimeSpan longest) => access > TimeSpan.Zero && access <= longest && access.Ticks % TimeSpan.TicksPerSecond == 0;
}
