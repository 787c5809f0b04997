using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Opens an access request behind a validated backchannel request: verifies the doctor's evidence, finds the words that the patient will read, and announces the request to the
/// enrolled device. Without evidence nothing is opened (row A15).
/// </summary>
public sealed class AccessRequestOpener : IBackchannelRequestHandler
{
    private const string Section = "MedId walk, step 2";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly IPractitionerIssuerSource _practitioners;
    private readonly IDeviceNotifier _notifier;
    private readonly TimeProvider _time;
    private readonly HpkiPractitioners? _hpki;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="practitioners">The trusted doctor OPs.</param>
    /// <param name="notifier">The push channel.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hpki">Doctors' own evidence by HPKI cards; null when it is not accepted.</param>
    public AccessRequestOpener(
        IProviderStore store, ProviderOptions options, IPractitionerIssuerSource practitioners, IDeviceNotifier notifier, TimeProvider time, HpkiPractitioners? hpki = null)
    {
        _store = store;
        _options = options;
        _practitioners = practitioners;
        _notifier = notifier;
        _time = time;
        _hpki = hpki;
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
        var devices = await _store.ListDevicesAsync(request.Tenant, request.Subject, cancellationToken).ConfigureAwait(false);
        if (devices.FirstOrDefault(device => device.PushAddress.Length > 0 && device.MayActAt(_time.GetUtcNow())) is { } newest)
        {
            // One device is announced to, the one enrolled last: changing phones moves the announcement (row A5). A card rings nowhere.
            await _notifier.NotifyAsync(newest.PushAddress, request.Id, cancellationToken).ConfigureAwait(false);
        }
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

        var now = _time.GetUtcNow();
        if (!(await _store.ListDevicesAsync(request.Tenant, account.Id, cancellationToken).ConfigureAwait(false)).Any(device => device.MayActAt(now)))
        {
            return new MedIdError(ProviderErrorCodes.NoDevice, ErrorCategory.State, Section, "the person has no enrolled device that may act");
        }

        var purpose = NoticeFactory.Purpose(evidence.Value.Purpose, account.Language);
        if (!purpose.Succeeded)
        {
            return purpose.Error;
        }

        // Consumed last, so that a refusal for another reason does not burn the evidence.
        if (!await _store.TryConsumeAsync(request.Tenant, evidence.Value.ReplayKey, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(ProviderErrorCodes.PractitionerEvidenceReplayed, ErrorCategory.State, Section, "fetch fresh evidence for each request");
        }

        var recipient = new ConsentParty(request.Client.ClientId, request.Client.Metadata.NameIn(account.Language));
        var practitioner = evidence.Value.ToConsentPractitioner();
        var accessUntil = WholeSeconds(request.ExpiresAt + _options.Access);
        var notice = NoticeFactory.Make(
            _options.Issuer, request.Id, recipient, practitioner, purpose.Value, scopes.Value, account.Language, request.Parameters.BindingMessage, accessUntil);
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
        };
    }

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

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
