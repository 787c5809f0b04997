using System.Buffers.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Signatures;

namespace MedId.Provider;

/// <summary>The acts of a person at a clinic terminal: the card proves who is there, the notice is the phone's, and the card's last act covers the choice (row A18).</summary>
/// <remarks>
/// An authentication certificate authenticates; it does not sign documents. The last act is therefore a second sign-in, whose challenge follows from the digest of
/// notice and choice, and the record says so by its protocol. An act is taken out of the store before its answer is judged.
/// </remarks>
public sealed class TerminalActs
{
    private const string Section = "MedId walk, step 4 at a terminal";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly AccessRequests _requests;
    private readonly JpkiSignInService _cards;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly ApprovalDecision _decision;
    private readonly AskedRequests _asked;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices, with the terminals.</param>
    /// <param name="requests">The patient's side of requests.</param>
    /// <param name="cards">Verifies cards, here or at a platform operator.</param>
    /// <param name="time">The clock.</param>
    public TerminalActs(IProviderStore store, ProviderOptions options, AccessRequests requests, JpkiSignInService cards, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfWrong();
        _store = store;
        _options = options;
        _requests = requests;
        _cards = cards;
        _time = time;
        _access = new(store, options, time);
        _decision = new(store, options);
        _asked = new(store, options);
    }

    /// <summary>Begins the sign-in of whoever holds the card.</summary>
    /// <param name="terminal">The authenticated terminal's client id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; refused when no such terminal is registered.</returns>
    public async ValueTask<MedIdResult<TerminalAct>> BeginSignInAsync(string terminal, CancellationToken cancellationToken = default)
    {
        if (Find(terminal) is null)
        {
            return UnknownTerminal();
        }

        var challenge = JpkiSignInChallenge.Create(_options.Issuer, _time.GetUtcNow(), _options.CeremonyLifetime);
        return await BeginAsync(New(CeremonyKind.SignIn, terminal, challenge), challenge, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the choice and asks for the last act, whose challenge covers it.</summary>
    /// <param name="terminal">The authenticated terminal's client id.</param>
    /// <param name="deviceToken">The token of the waiting request.</param>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act to perform; nothing is approved yet.</returns>
    public async ValueTask<MedIdResult<TerminalAct>> ChooseAsync(
        string terminal, string? deviceToken, string requestId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken = default)
    {
        var chosen = await _requests.MakeChoiceAsync(deviceToken, requestId, confirmed, granted, cancellationToken).ConfigureAwait(false);
        if (!chosen.Succeeded)
        {
            return chosen.Error;
        }

        var (request, context, choice, account) = chosen.Value;
        if (Find(terminal) is not { } place || !place.Serves.Contains(request.ClientId, StringComparer.Ordinal))
        {
            return UnknownTerminal();
        }

        var nonce = SecretGenerator.Base64Url();
        var canonicalChoice = choice.ToCanonicalJson();
        var digest = ConsentDigest.Compute(context.Notice, canonicalChoice);
        var challenge = JpkiSignInChallenge.Restore(_options.Issuer, Base64Url.DecodeFromChars(Challenge.Consent(nonce, digest)), _time.GetUtcNow(), _options.CeremonyLifetime).Value!;
        return await BeginAsync(
            New(CeremonyKind.Consent, terminal, challenge) with { AccountId = account, RequestId = request.Id, Nonce = nonce, Choice = canonicalChoice, Digest = digest },
            challenge,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the card's answer to either act.</summary>
    /// <param name="terminal">The authenticated terminal's client id.</param>
    /// <param name="actId">The act's id.</param>
    /// <param name="signature">The card's signature over the challenge.</param>
    /// <param name="certificate">The authentication certificate, in DER.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// After the sign-in the requests that wait for this person and may be shown here; after the last act none. Refused with the verifier's code when the card is not accepted,
    /// also when its revocation could not be proven.
    /// </returns>
    public async ValueTask<MedIdResult<IReadOnlyList<WaitingRequest>>> CompleteAsync(
        string terminal, string actId, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actId);
        if (Find(terminal) is not { } place)
        {
            return UnknownTerminal();
        }

        var now = _time.GetUtcNow();
        var ceremony = actId.Length <= 128 ? await _store.TryTakeCeremonyAsync(_options.Tenant, actId, now, cancellationToken).ConfigureAwait(false) : null;
        if (ceremony is null || !string.Equals(ceremony.TerminalId, terminal, StringComparison.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, Section, "the act is unknown, answered before, past its end, or of another terminal");
        }

        var challenge = JpkiSignInChallenge.Restore(_options.Issuer, Base64Url.DecodeFromChars(ceremony.Challenge), ceremony.IssuedAt!.Value, ceremony.ExpiresAt - ceremony.IssuedAt.Value).Value!;
        var decision = await _cards.VerifyAsync(challenge, _options.Issuer, signature, certificate, hash: null, cancellationToken).ConfigureAwait(false);
        if (!decision.IsAccepted)
        {
            return decision.Error;
        }

        if (!await _store.TryConsumeAsync(_options.Tenant, decision.SignIn.ReplayKey, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(ProviderErrorCodes.CeremonyUnknown, ErrorCategory.State, Section, "this sign-in was used before");
        }

        var device = await _store.FindDeviceByHandleAsync(_options.Tenant, CardDevice.HandleDigest(decision.SignIn.SubjectKey), cancellationToken).ConfigureAwait(false);
        if (device is null)
        {
            return new MedIdError(ProviderErrorCodes.CardNotBound, ErrorCategory.State, Section, "the person was not proofed here, or has a new card since");
        }

        if ((DeviceStanding.Refuse(device, now) ?? await new DeviceStanding(_store, _options).RefuseModelAsync(device.Model, cancellationToken).ConfigureAwait(false)) is { } refusal)
        {
            return refusal;
        }

        return ceremony.Kind == CeremonyKind.Consent
            ? await ApproveAsync(ceremony, CardDevice.ToAct(decision.SignIn, device, challenge, ceremony, signature.Span, place), device, now, cancellationToken).ConfigureAwait(false)
            : await ListAsync(device, place, now, cancellationToken).ConfigureAwait(false);
    }

    private static MedIdError UnknownTerminal() => new(ProviderErrorCodes.TerminalUnknown, ErrorCategory.Untrusted, Section, "the client is not a terminal of this OP, or does not serve whoever asks");

    private ClinicTerminal? Find(string clientId) => _options.Terminals.FirstOrDefault(terminal => string.Equals(terminal.ClientId, clientId, StringComparison.Ordinal));

    private Ceremony New(CeremonyKind kind, string terminal, SignInChallenge challenge) => new()
    {
        Tenant = _options.Tenant,
        Id = SecretGenerator.Base64Url(),
        Kind = kind,

        // Whose card it is turns out with the answer.
        AccountId = string.Empty,
        TerminalId = terminal,
        Challenge = StrictBase64Url.Encode(challenge.Random.Span),
        IssuedAt = challenge.IssuedAt,
        ExpiresAt = challenge.ExpiresAt,
    };

    private async ValueTask<MedIdResult<TerminalAct>> BeginAsync(Ceremony ceremony, SignInChallenge challenge, CancellationToken cancellationToken)
    {
        await _store.AddCeremonyAsync(ceremony, cancellationToken).ConfigureAwait(false);
        return new TerminalAct
        {
            Id = ceremony.Id,
            Challenge = challenge.ToBytes(),
            Lifetime = challenge.Lifetime,
            Nonce = ceremony.Nonce,
            Choice = ceremony.Choice,
            Digest = ceremony.Digest,
        };
    }

    private async ValueTask<MedIdResult<IReadOnlyList<WaitingRequest>>> ListAsync(Device device, ClinicTerminal terminal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await _asked.ListWaitingAsync(device.AccountId, now, cancellationToken).ConfigureAwait(false);
        List<WaitingRequest> shown = [];
        foreach (var request in waiting.Where(request => terminal.Serves.Contains(request.ClientId, StringComparer.Ordinal)))
        {
            shown.Add(new(request.Id, await _access.GrantAsync(device.AccountId, device.Id, request.Id, cancellationToken).ConfigureAwait(false)));
        }

        return shown.Count > 0 ? shown : new MedIdError(ProviderErrorCodes.NothingWaiting, ErrorCategory.State, Section);
    }

    private async ValueTask<MedIdResult<IReadOnlyList<WaitingRequest>>> ApproveAsync(Ceremony ceremony, VerifiedAct act, Device device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!string.Equals(device.AccountId, ceremony.AccountId, StringComparison.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.CardOfAnotherPerson, ErrorCategory.Untrusted, Section);
        }

        var approved = await _decision.ApproveAsync(ceremony, act, now, cancellationToken).ConfigureAwait(false);
        return approved.Succeeded ? new List<WaitingRequest>() : approved.Error;
    }
}
