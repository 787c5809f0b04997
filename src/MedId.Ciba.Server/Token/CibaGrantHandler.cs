using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Polls (CIBA Core §10.1, §11).</summary>
public sealed class CibaGrantHandler : IGrantHandler
{
    private readonly ICibaRequestStore _store;
    private readonly IGrantStatus _status;
    private readonly TokenMinter _minter;
    private readonly HeldPolls? _held;
    private readonly TimeProvider _time;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The requests.</param>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="minter">Makes tokens.</param>
    /// <param name="held">Holds polls while nobody has decided; null: every poll is answered at once.</param>
    /// <param name="time">The clock, for polls that were held; the system's when null.</param>
    public CibaGrantHandler(ICibaRequestStore store, IGrantStatus status, TokenMinter minter, HeldPolls? held = null, TimeProvider? time = null)
    {
        _store = store;
        _status = status;
        _minter = minter;
        _held = held;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string GrantType => GrantTypes.Ciba;

    /// <inheritdoc/>
    public async ValueTask<OAuthAnswer> HandleAsync(GrantRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Form[OAuthParameters.AuthReqId] is not { } authReqId)
        {
            return request.Refuse(new MedIdError(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, "CIBA Core §10.1", OAuthParameters.AuthReqId));
        }

        // §11: client, used, expired, continual fast polling, denied, pace, pending: judged and recorded by the store in one step.
        var digest = AuthReqId.Digest(authReqId);
        var poll = await _store.PollRequestAsync(request.Tenant, digest, request.Client.ClientId, request.At, cancellationToken).ConfigureAwait(false);

        // §11: what is pushed is not fetched; only who knows one of its own ids learns so.
        if (poll is { Outcome: not CibaPollOutcome.Unknown, Request.DeliveryMode: CibaDeliveryMode.Push })
        {
            return Refuse(request, new(CibaErrorCodes.PushClientPolls, ErrorCategory.Policy, "CIBA Core §11"));
        }

        // §10.1: long polling. A decided request is never too fast, so it is judged a second time without harm.
        if (poll is { Outcome: CibaPollOutcome.Pending } && _held is not null && await _held.WaitAsync(poll.Request, _store, cancellationToken).ConfigureAwait(false))
        {
            request = request with { At = _time.GetUtcNow() };
            poll = await _store.PollRequestAsync(request.Tenant, digest, request.Client.ClientId, request.At, cancellationToken).ConfigureAwait(false);
        }

        if (poll is not { Outcome: CibaPollOutcome.Approved, Request: { Grant: { } grant } approved })
        {
            return Refuse(request, Judge(poll?.Outcome ?? CibaPollOutcome.Unknown));
        }

        // RFC 8707 §2.2.
        if (request.CheckResource(grant) is { } mismatch)
        {
            return request.Refuse(mismatch);
        }

        // The consent was withdrawn, or the person suspended, between approval and poll.
        if (await _status.RefuseAsync(grant, GrantUse.Redeem, request.At, "CIBA Core §10.1.1", cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return request.Refuse(ended);
        }

        // First the tokens, then the redemption: when signing fails nothing is lost, and of tokens made twice only the winner's ever leave.
        var tokens = await _minter.IssueAsync(new() { Grant = grant, Client = request.Client, AuthReqId = authReqId, Confirmation = request.Confirmation }, cancellationToken).ConfigureAwait(false);
        if (!tokens.Succeeded)
        {
            return request.Refuse(tokens.Error);
        }

        // §10.1.1: an auth_req_id is good for one set of tokens.
        return await _store.TryRedeemRequestAsync(request.Tenant, approved.Id, tokens.Value.RefreshRecord, request.At, cancellationToken).ConfigureAwait(false)
            ? request.Answer(tokens.Value)
            : Refuse(request, Judge(CibaPollOutcome.Used));
    }

    private static OAuthAnswer Refuse(GrantRequest request, MedIdError error) => request.Refuse(CibaRefusals.Of(error));

    private static MedIdError Judge(CibaPollOutcome outcome) => outcome switch
    {
        CibaPollOutcome.Used => new(CibaErrorCodes.AuthReqIdUsed, ErrorCategory.State, "CIBA Core §10.1.1"),
        CibaPollOutcome.Expired => new(CibaErrorCodes.AuthReqIdExpired, ErrorCategory.State, "CIBA Core §11"),
        CibaPollOutcome.PolledTooOften => new(CibaErrorCodes.PolledTooOften, ErrorCategory.Policy, "CIBA Core §11"),
        CibaPollOutcome.Denied => new(CibaErrorCodes.Denied, ErrorCategory.Policy, "CIBA Core §11"),
        CibaPollOutcome.SlowDown => new(CibaErrorCodes.SlowDown, ErrorCategory.State, "CIBA Core §11"),
        CibaPollOutcome.Pending => new(CibaErrorCodes.Pending, ErrorCategory.State, "CIBA Core §11"),
        _ => new(CibaErrorCodes.AuthReqIdUnknown, ErrorCategory.State, "CIBA Core §11"),
    };
}
