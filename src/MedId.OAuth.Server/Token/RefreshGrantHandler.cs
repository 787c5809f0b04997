using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Refreshes (RFC 6749 §6) with rotation: each refresh token is good for one refresh, and an old one that comes again ends its family (RFC 9700 §4.14.2).</summary>
public sealed class RefreshGrantHandler : IGrantHandler
{
    private const string Section = "RFC 6749 §6";

    private readonly IRefreshTokenStore _store;
    private readonly IGrantStatus _status;
    private readonly TokenMinter _minter;
    private readonly TokenRevoker _revoker;
    private readonly IRefreshAudit? _audit;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The refresh tokens.</param>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="minter">Makes tokens.</param>
    /// <param name="revoker">Ends the access tokens of a family that is ended.</param>
    /// <param name="audit">Records refusals before they leave; null: nobody does.</param>
    public RefreshGrantHandler(IRefreshTokenStore store, IGrantStatus status, TokenMinter minter, TokenRevoker revoker, IRefreshAudit? audit = null)
    {
        _store = store;
        _status = status;
        _minter = minter;
        _revoker = revoker;
        _audit = audit;
    }

    /// <inheritdoc/>
    public string GrantType => GrantTypes.RefreshToken;

    /// <inheritdoc/>
    public async ValueTask<OAuthAnswer> HandleAsync(GrantRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (answer, grant) = await JudgeAsync(request, cancellationToken).ConfigureAwait(false);

        // The store that ended a family recorded that in the same step.
        if (_audit is not null && answer.Error is { } error && error.Code != OAuthServerErrorCodes.RefreshTokenReused)
        {
            await _audit.RefusedAsync(request.Tenant, request.Client.ClientId, grant, error, request.At, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    private async ValueTask<(OAuthAnswer Answer, Grant? Grant)> JudgeAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        if (request.Form[OAuthParameters.RefreshToken] is not { } presented)
        {
            return (request.Refuse(new MedIdError(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, Section, OAuthParameters.RefreshToken)), null);
        }

        // The token is of this client and has not ended.
        var digest = TokenMinter.RefreshDigest(presented);
        var record = await _store.FindRefreshTokenAsync(request.Tenant, digest, cancellationToken).ConfigureAwait(false);
        if (record is null || request.At >= record.ExpiresAt || !string.Equals(record.Grant.ClientId, request.Client.ClientId, StringComparison.Ordinal))
        {
            return (request.Refuse(Unknown()), null);
        }

        // What it was made from still stands: consent withdrawn, person suspended, end passed, notice changed.
        var grant = record.Grant;
        if (await _status.RefuseAsync(grant, GrantUse.Refresh, request.At, Section, cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return (request.Refuse(ended), grant);
        }

        // The scope may be narrowed, never widened; the family keeps what was granted. RFC 8707 §2.2: the same resource.
        var scopes = Narrow(request.Form[OAuthParameters.Scope], grant);
        if (!scopes.Succeeded)
        {
            return (request.Refuse(scopes.Error), grant);
        }

        if (request.CheckResource(grant) is { } mismatch)
        {
            return (request.Refuse(mismatch), grant);
        }

        // First the tokens, then the rotation: when signing fails the presented token is still good.
        var tokens = await _minter.IssueAsync(
            new() { Grant = grant, Client = request.Client, Scopes = scopes.Value, RefreshFamily = record.Family, Confirmation = request.Confirmation }, cancellationToken).ConfigureAwait(false);
        if (!tokens.Succeeded)
        {
            return (request.Refuse(tokens.Error), grant);
        }

        // The registration or the grant may have lost refreshing since: then there is no next token, and this one is not good either.
        if (tokens.Value.RefreshRecord is not { } next)
        {
            return (request.Refuse(Unknown()), grant);
        }

        var outcome = await _store.RotateRefreshTokenAsync(request.Tenant, digest, request.Client.ClientId, next, request.At, cancellationToken).ConfigureAwait(false);
        switch (outcome)
        {
            case RefreshOutcome.Rotated:
                return (request.Answer(tokens.Value), grant);
            case RefreshOutcome.Reused:
                await _revoker.RevokeGrantAsync(request.Tenant, grant, cancellationToken).ConfigureAwait(false);
                return (request.Refuse(new MedIdError(OAuthServerErrorCodes.RefreshTokenReused, ErrorCategory.State, "RFC 9700 §4.14.2")), grant);
            default:
                return (request.Refuse(Unknown()), grant);
        }
    }

    private static MedIdResult<string[]> Narrow(string? requested, Grant grant)
    {
        if (requested is null)
        {
            return grant.Scopes.ToArray();
        }

        if (!ScopeList.TryParse(requested, out var scopes))
        {
            return new MedIdError(OAuthServerErrorCodes.ScopeMalformed, ErrorCategory.Malformed, "RFC 6749 §3.3");
        }

        return scopes.All(s => grant.Scopes.Contains(s, StringComparer.Ordinal))
            ? scopes.ToArray()
            : new MedIdError(OAuthServerErrorCodes.ScopeWidened, ErrorCategory.Protocol, Section);
    }

    private static MedIdError Unknown() => new(OAuthServerErrorCodes.RefreshTokenUnknown, ErrorCategory.State, Section);
}
