using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>The patient's side of a request: see the notice, choose, or say no. The last act itself is taken by <see cref="DeviceActs"/>.</summary>
public sealed class AccessRequests
{
    private const string Section = "MedId walk, step 4";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly DeviceActs _acts;
    private readonly AskedRequests _asked;
    private readonly PromptLimits _limits;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="acts">The UAF acts.</param>
    /// <param name="time">The clock.</param>
    public AccessRequests(IProviderStore store, ProviderOptions options, DeviceActs acts, TimeProvider time)
    {
        _store = store;
        _options = options;
        _acts = acts;
        _time = time;
        _access = new(store, options, time);
        _asked = new(store, options);
        _limits = new(store, options);
    }

    /// <summary>The notice of a request.</summary>
    /// <param name="deviceToken">The token from the opening act.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The notice, with what was opened where nobody was asked; refused when the token is not for this request, or the request neither waits for this person nor was opened so.</returns>
    public async ValueTask<MedIdResult<OpenedRequest>> ReadAsync(string? deviceToken, string requestId, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        // What was decided without asking is read as long as it is kept; what waits, until its end.
        var known = await _store.FindRequestAsync(_options.Tenant, requestId, cancellationToken).ConfigureAwait(false);
        if (known is not null && ToldAccess.IsOf(known) && string.Equals(known.Subject, account.Value, StringComparison.Ordinal)
            && await _store.FindConsentAsync(_options.Tenant, known.Grant!.ConsentId!, cancellationToken).ConfigureAwait(false) is { Ground: { } ground } consent)
        {
            return Open(AccessContext.FromJson(known.Context!)) with { Told = new() { Consent = consent, Ground = GroundProtocols.Of(ground.Kind) } };
        }

        var pending = await FindPendingAsync(deviceToken, requestId, cancellationToken).ConfigureAwait(false);
        return pending.Then<OpenedRequest>(found => Open(found.View.Context));
    }

    /// <summary>Takes the choice and asks for the last act, which signs it.</summary>
    /// <param name="deviceToken">The token from the opening act.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act to perform; nothing is approved yet.</returns>
    public async ValueTask<MedIdResult<ActRequest>> ChooseAsync(
        string? deviceToken, string requestId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken = default)
    {
        var chosen = await MakeChoiceAsync(deviceToken, requestId, confirmed, granted, cancellationToken).ConfigureAwait(false);
        return chosen.Succeeded
            ? await _acts.BeginConsentAsync(chosen.Value, cancellationToken).ConfigureAwait(false)
            : chosen.Error;
    }

    /// <summary>Reads a choice against what was shown, whichever device will perform the last act.</summary>
    internal async ValueTask<MedIdResult<ChosenRequest>> MakeChoiceAsync(
        string? deviceToken, string requestId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken)
    {
        var pending = await FindPendingAsync(deviceToken, requestId, cancellationToken).ConfigureAwait(false);
        if (!pending.Succeeded)
        {
            return pending.Error;
        }

        var (request, view, account) = pending.Value;
        var choice = ConsentChoice.Make(view.Context.Shown, confirmed, granted);
        if (!choice.Succeeded)
        {
            return choice.Error;
        }

        // Whoever strikes out that it is they does not sign in: that is a denial.
        return view.Context.Shown.Contains(SignInOpening.OpenId, StringComparer.Ordinal) && !choice.Value.Granted.Contains(SignInOpening.OpenId, StringComparer.Ordinal)
            ? new MedIdError(ProviderErrorCodes.ChoiceRefused, ErrorCategory.Protocol, Section, "a sign-in keeps openid, or is denied")
            : new ChosenRequest(request, view.Context, choice.Value, account);
    }

    /// <summary>Refuses a request. Needs no signature: saying no is never harder than saying yes.</summary>
    /// <param name="deviceToken">The token from the opening act.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success for exactly one decision; refused when it was decided before.</returns>
    public async ValueTask<MedIdResult<Unit>> DenyAsync(string? deviceToken, string requestId, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        // The token is for this request, so somebody was asked about it; a proxy has to be one still.
        var request = await _store.FindRequestAsync(_options.Tenant, requestId, cancellationToken).ConfigureAwait(false);
        if (request is null || AskedRequests.Find(request, account.Value) is not { } view)
        {
            return NotPending();
        }

        if (await _asked.RefuseAsync(view, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var now = _time.GetUtcNow();
        if (!await _store.TryDenyRequestAsync(_options.Tenant, requestId, now, cancellationToken).ConfigureAwait(false))
        {
            return NotPending();
        }

        await _limits.DeniedAsync(request, now, cancellationToken).ConfigureAwait(false);
        return Unit.Value;
    }

    private static OpenedRequest Open(AccessContext context)
    {
        var notice = context.Notice;
        return new OpenedRequest(notice, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(notice))));
    }

    private static MedIdError NotPending() => new(ProviderErrorCodes.RequestNotPending, ErrorCategory.State, Section, "the request is unknown, decided or of another person");

    private async ValueTask<MedIdResult<(CibaRequest Request, AskedView View, string Account)>> FindPendingAsync(string? deviceToken, string requestId, CancellationToken cancellationToken)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        var request = await _store.FindRequestAsync(_options.Tenant, requestId, cancellationToken).ConfigureAwait(false);
        if (request is not { Status: CibaStatus.Pending } || AskedRequests.Find(request, account.Value) is not { } view)
        {
            return NotPending();
        }

        var now = _time.GetUtcNow();
        if (now >= request.ExpiresAt)
        {
            return new MedIdError(ProviderErrorCodes.RequestExpired, ErrorCategory.State, Section);
        }

        return await _asked.RefuseAsync(view, now, cancellationToken).ConfigureAwait(false) is { } refusal ? refusal : (request, view, account.Value);
    }
}
