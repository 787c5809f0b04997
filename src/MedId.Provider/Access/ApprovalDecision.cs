using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>From the verified last act to an approved request: concludes the class from evidence, makes consent and grant, and approves by one atomic step.</summary>
internal sealed class ApprovalDecision(IProviderStore store, ProviderOptions options)
{
    private const string Section = "MedId walk, step 5";

    public async ValueTask<MedIdResult<Unit>> ApproveAsync(Ceremony ceremony, VerifiedAct act, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var request = await store.FindRequestAsync(options.Tenant, ceremony.RequestId!, cancellationToken).ConfigureAwait(false);
        if (request is not { Status: CibaStatus.Pending, Context: not null })
        {
            return NotPending();
        }

        if (AskedRequests.Find(request, ceremony.AccountId) is not { } view)
        {
            return NotPending();
        }

        var context = view.Context;
        if (options.AcrTable!.Decide(request.AcrValues, act.Protocol, act.Facts) is not { } acr)
        {
            return new MedIdError(ProviderErrorCodes.AcrNotMet, ErrorCategory.Policy, "OIDC Core §3.1.2.1", "the authenticator reaches none of the requested classes");
        }

        var granted = ReadGranted(ceremony.Choice!);
        var judged = Judge(MakeConsent(request, context, granted, NoticeOf(context, ceremony.Choice!, ceremony.Digest!), MakeAct(act, acr, at)) with { Proxy = view.Proxy }, context);
        if (!judged.Succeeded)
        {
            return judged.Error;
        }

        var consent = judged.Value;
        var outcome = await store.TryApproveAsync(
            new()
            {
                RequestId = request.Id,
                Grant = MakeGrant(request, context, consent, granted, at),
                Consent = consent,
                Device = act.UseBy(ceremony.AccountId),
                At = at,
            },
            cancellationToken).ConfigureAwait(false);
        return outcome == ApprovalOutcome.DeviceNotActive
            ? await new DeviceStanding(store, options).RefuseAsync(Device.IdOf(act.Model, act.KeyId), at, cancellationToken).ConfigureAwait(false) ?? Judge(ApprovalOutcome.CounterMoved)!
            : Judge(outcome) is { } refusal ? refusal : Unit.Value;
    }

    /// <summary>Approves what was decided when the request came: no device acted, and the record says on what it rests.</summary>
    public async ValueTask<MedIdResult<ConsentRecord>> ApproveDirectlyAsync(CibaRequest request, AccessContext context, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var decision = context.Decision!;
        var protocol = GroundProtocols.Of(decision.Ground.Kind);
        if (options.AcrTable!.Decide(request.AcrValues, protocol, GroundProtocols.NoFacts) is not { } acr)
        {
            return new MedIdError(ProviderErrorCodes.AcrNotMet, ErrorCategory.Policy, "OIDC Core §3.1.2.1", "no requested class says that no device was asked");
        }

        var choice = ConsentChoice.WithoutAct(context.Shown, decision.ScopesGranted);
        var act = new ConsentAct
        {
            Protocol = protocol,
            Authenticator = "none",
            KeyIdDigest = string.Empty,
            SignedContent = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(decision.Ground, RecordJson.Context.ConsentGround)),
            Assertion = string.Empty,
            At = at,
            Acr = acr.Acr,
            Amr = [],
            Assurance = AssuranceOf(acr),
        };
        var notice = decision.Notice ?? NoticeOf(context, choice, ConsentDigest.Compute(context.Notice, choice));
        var judged = Judge(MakeConsent(request, context, decision.ScopesGranted, notice, act) with { Ground = decision.Ground }, context);
        if (!judged.Succeeded)
        {
            return judged.Error;
        }

        var consent = judged.Value;
        var outcome = await store.TryApproveAsync(
            new()
            {
                RequestId = request.Id,
                Grant = MakeGrant(request, context, consent, decision.ScopesGranted, decision.AuthTime),
                Consent = consent,
                Device = null,
                At = at,
            },
            cancellationToken).ConfigureAwait(false);
        return Judge(outcome) is { } refusal ? refusal : consent;
    }

    /// <summary>What a record says of the act of a device.</summary>
    internal static ConsentAct MakeAct(VerifiedAct act, AcrDecision acr, DateTimeOffset at) => new()
    {
        Protocol = act.Protocol,
        Authenticator = act.Model,
        KeyIdDigest = act.KeyIdDigest,
        PublicKey = act.PublicKey,
        PublicKeyFormat = act.PublicKeyFormat,
        SignedContent = act.SignedContent,
        Assertion = act.Assertion,
        At = at,
        Acr = acr.Acr,
        Amr = act.Amr,
        Assurance = AssuranceOf(acr),
        Terminal = act.Terminal,
    };

    private static MedIdError? Judge(ApprovalOutcome outcome) => outcome switch
    {
        ApprovalOutcome.Approved => null,
        ApprovalOutcome.Expired => new MedIdError(ProviderErrorCodes.RequestExpired, ErrorCategory.State, Section),
        ApprovalOutcome.AccountNotActive => new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section),
        ApprovalOutcome.StandingConsentNotActive => new MedIdError(ProviderErrorCodes.StandingConsentNotActive, ErrorCategory.State, Section),
        ApprovalOutcome.RelationNotActive => AskedRequests.NotActive(),
        ApprovalOutcome.CounterMoved => new MedIdError(ProviderErrorCodes.CounterMoved, ErrorCategory.State, Section),
        _ => NotPending(),
    };

    /// <summary>Holds a consent against the laws before it has any effect: those of health data, of which a sign-in opens none.</summary>
    private MedIdResult<ConsentRecord> Judge(ConsentRecord consent, AccessContext context) => consent.Practitioner is null ? consent : LawCheck.Judge(
        options.Laws ?? throw new InvalidOperationException("ProviderOptions.Laws is not set."), consent, options.NoticeRegister.Find(consent.Recipient.ClientId, context.RecipientVersion));

    private static MedIdError NotPending() => new(ProviderErrorCodes.RequestNotPending, ErrorCategory.State, Section);

    private static List<string> ReadGranted(string canonicalChoice)
    {
        using var choice = JsonDocument.Parse(canonicalChoice);
        return [.. choice.RootElement.GetProperty("granted").EnumerateArray().Select(scope => scope.GetString()!)];
    }

    private static ConsentNoticeRecord NoticeOf(AccessContext context, string choice, string digest) => new()
    {
        Version = ConsentNotice.CurrentVersion,
        TextsVersion = context.TextsVersion,
        RecipientVersion = context.RecipientVersion,
        Language = context.Language,
        Notice = context.Notice,
        Choice = choice,
        Digest = digest,
    };

    private static string AssuranceOf(AcrDecision acr) => $"{acr.Aal.Edition.Id}/{acr.Aal.Level.ToString().ToUpperInvariant()}";

    private ConsentRecord MakeConsent(CibaRequest request, AccessContext context, IReadOnlyList<string> granted, ConsentNoticeRecord notice, ConsentAct act) => new()
    {
        Id = context.ConsentId,
        Tenant = request.Tenant,
        Subject = request.Subject,
        Issuer = options.Issuer,

        // Who signs in only opens what this OP itself says about them.
        Resource = request.Resource ?? options.Issuer,
        Recipient = context.Recipient,
        Practitioner = context.Practitioner,
        Purpose = context.Purpose,
        ScopesAsked = [.. request.Scopes.Where(scope => scope is not ("openid" or "offline_access"))],
        ScopesShown = context.Shown,
        ScopesGranted = granted,
        GivenAt = act.At,
        AccessUntil = context.AccessUntil,
        Reuse = context.Reuse,
        Notice = notice,
        Act = act,
    };

    private static Grant MakeGrant(CibaRequest request, AccessContext context, ConsentRecord consent, IReadOnlyList<string> granted, DateTimeOffset? authTime) => new()
    {
        Id = consent.Id,
        Tenant = request.Tenant,
        Subject = request.Subject,
        ClientId = request.ClientId,
        Scopes = [.. request.Scopes.Where(scope => scope == "openid" || granted.Contains(scope, StringComparer.Ordinal))],
        Resource = request.Resource,
        Patient = context.Patient,
        ConsentId = consent.Id,
        Actor = context.Actor,
        AuthorizationDetails = AuthorizationDetails.Granted(request.AuthorizationDetails, consent.Id),
        ConsentProxy = consent.Proxy is { } proxy ? ProxyClaim.Write(proxy) : null,
        Acr = consent.Act.Acr,
        Amr = consent.Act.Amr,
        AuthTime = authTime,
        ExpiresAt = context.AccessUntil,
        AllowsRefresh = context.Reuse == ConsentReuse.RefreshToken,

        // One token for the whole consent, which is bounded at start by ReusedTokenLifetime.
        AccessTokenLifetime = context.Reuse == ConsentReuse.AccessToken ? context.AccessUntil - consent.GivenAt : null,
    };
}
