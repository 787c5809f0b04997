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

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The requests.</param>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="minter">Makes tokens.</param>
    public CibaGrantHandler(ICibaRequestStore store, IGrantStatus status, TokenMinter minter)
    {
        _store = store;
        _status = status;
        _minter = minter;
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

        // §11: client, used, expired, denied, pace, pending: judged and recorded by the store in one step.
        var poll = await _store.PollRequestAsync(request.Tenant, AuthReqId.Digest(authReqId), request.Client.ClientId, request.At, cancellationToken).ConfigureAwait(false);
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
        var tokens = await _minter.IssueAsync(new() { Grant = grant, Client = request.Client, AuthReqId = authReqId }, cancellationToken).ConfigureAwait(false);
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
        CibaPollOutcome.Denied => new(CibaErrorCodes.Denied, ErrorCategory.Policy, "CIBA Core §11"),
        CibaPollOutcome.SlowDown => new(CibaErrorCodes.SlowDown, ErrorCategory.State, "CIBA Core §11"),
        CibaPollOutcome.Pending => new(CibaErrorCodes.Pending, ErrorCategory.State, "CIBA Core §11"),
        _ => new(CibaErrorCodes.AuthReqIdUnknown, ErrorCategory.State, "CIBA Core §11"),
    };
}
