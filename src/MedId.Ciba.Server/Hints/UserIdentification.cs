using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Finds the person whom a request means (CIBA Core §7.2 steps 4 and 5) and asks for the code by which they allow being asked (§7.1.2).</summary>
public sealed class UserIdentification
{
    private readonly IHintResolver _resolver;
    private readonly IKeyRingSource _keys;
    private readonly IReplayStore _replay;
    private readonly OAuthServerOptions _server;
    private readonly CibaOptions _options;
    private readonly IUserCodeVerifier? _userCodes;
    private readonly ILoginHintTokenVerifier? _loginHintTokens;
    private readonly SubjectIdentifiers _subjects;

    /// <summary>Makes it.</summary>
    /// <param name="resolver">Finds accounts.</param>
    /// <param name="keys">This server's keys, for its own ID tokens as hints.</param>
    /// <param name="replay">Remembers login hint tokens.</param>
    /// <param name="server">Issuer.</param>
    /// <param name="options">Which hints need a user code.</param>
    /// <param name="userCodes">Verifies user codes; null when there are none.</param>
    /// <param name="loginHintTokens">Verifies login hint tokens; null when none are taken.</param>
    /// <param name="subjects">By which <c>sub</c> each client knows a person; null: by the account's id.</param>
    /// <exception cref="ArgumentException">A hint needs a user code and nothing verifies it.</exception>
    public UserIdentification(
        IHintResolver resolver,
        IKeyRingSource keys,
        IReplayStore replay,
        OAuthServerOptions server,
        CibaOptions options,
        IUserCodeVerifier? userCodes = null,
        ILoginHintTokenVerifier? loginHintTokens = null,
        SubjectIdentifiers? subjects = null)
    {
        CibaOptions.ThrowIfWrong(options, server);
        if (options.UserCodeRequiredFor.Count > 0 && userCodes is null)
        {
            throw new ArgumentException(
                $"{nameof(CibaOptions)}.{nameof(CibaOptions.UserCodeRequiredFor)} asks for user codes: add a {nameof(IUserCodeVerifier)}, or empty the option.", nameof(userCodes));
        }

        _resolver = resolver;
        _keys = keys;
        _replay = replay;
        _server = server;
        _options = options;
        _userCodes = userCodes;
        _loginHintTokens = loginHintTokens;
        _subjects = subjects ?? SubjectIdentifiers.PublicOnly;
    }

    /// <summary>Whether user codes are verified; for discovery.</summary>
    public bool TakesUserCodes => _userCodes is not null;

    /// <summary>Finds the account.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="client">The authenticated client.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="at">The time that counts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account's id.</returns>
    public async ValueTask<MedIdResult<string>> FindAsync(
        TenantId tenant, ClientRegistration client, BackchannelParameters parameters, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(parameters);

        // §7.1.2, before the person is looked for: without the code there is nothing to look for.
        var waived = parameters.UserCode is null && _userCodes?.IsWaived(parameters) == true;
        if (parameters.UserCode is null && !waived && _options.UserCodeRequiredFor.Contains(parameters.HintKind))
        {
            return Missing();
        }

        // Step 4: whom the hint names. Step 5: nobody.
        var hint = await VerifyHintAsync(tenant, client, parameters, at, cancellationToken).ConfigureAwait(false);
        if (!hint.Succeeded)
        {
            return hint.Error;
        }

        var resolution = await _resolver.ResolveAsync(tenant, client, hint.Value, cancellationToken).ConfigureAwait(false);
        var namesNobody = resolution.AccountId is null;
        if (namesNobody && !IsHidden(resolution.Refusal!, parameters))
        {
            return resolution.Refusal!;
        }

        if (_userCodes is null || waived)
        {
            return resolution.AccountId!;
        }

        var check = new UserCodeCheck
        {
            Tenant = tenant,
            Client = client,
            AccountId = resolution.AccountId ?? SecretDigest.Compute("hint of nobody", hint.Value.Value),
            NamesNobody = namesNobody,
            HintKind = parameters.HintKind,
            UserCode = parameters.UserCode,
            At = at,
        };
        return await _userCodes.VerifyAsync(check, cancellationToken).ConfigureAwait(false) switch
        {
            UserCodeVerdict.Ok when !namesNobody => resolution.AccountId!,
            UserCodeVerdict.Missing when !namesNobody => Missing(),
            UserCodeVerdict.Locked => new MedIdError(CibaErrorCodes.UserCodeLocked, ErrorCategory.State, "CIBA Core §7.1.2"),
            _ => new MedIdError(CibaErrorCodes.UserCodeWrong, ErrorCategory.Untrusted, "CIBA Core §13"),
        };
    }

    /// <summary>§14: where a code guards the hint, who has no code of anybody does not learn who has an account here, or whose is suspended.</summary>
    private bool IsHidden(MedIdError refusal, BackchannelParameters parameters) =>
        _userCodes is not null && parameters.UserCode is not null && _options.UserCodeRequiredFor.Contains(parameters.HintKind)
        && refusal.Code is (CibaErrorCodes.UserUnknown or CibaErrorCodes.UserRefused);

    private async ValueTask<MedIdResult<UserHint>> VerifyHintAsync(
        TenantId tenant, ClientRegistration client, BackchannelParameters parameters, DateTimeOffset at, CancellationToken cancellationToken)
    {
        switch (parameters.HintKind)
        {
            case HintKind.LoginHint:
                return new UserHint { Kind = HintKind.LoginHint, Value = parameters.Hint };

            case HintKind.IdTokenHint:
                var ring = await _keys.GetKeyRingAsync(tenant, cancellationToken).ConfigureAwait(false);
                var given = IdTokenHintVerifier.Verify(parameters.Hint, ring.Published, _server.Issuer, client.ClientId, _options.IdTokenHintMaxAge, at, _server.ClockSkew);

                // A subject that this client was never given means nobody, also where another client knows somebody by it.
                return !given.Succeeded ? given
                    : _subjects.AccountOf(client, given.Value.Value) is { } account ? given.Value with { Value = account }
                    : new MedIdError(CibaErrorCodes.IdTokenHintInvalid, ErrorCategory.Untrusted, "CIBA Core §7.1", "the subject is not this client's");

            case HintKind.LoginHintToken when _loginHintTokens is not null:
                var verified = await _loginHintTokens.VerifyAsync(tenant, client, parameters.Hint, at, cancellationToken).ConfigureAwait(false);
                if (!verified.Succeeded)
                {
                    return verified.Error;
                }

                return verified.Value.ReplayKey is { } key && !await _replay.TryConsumeAsync(tenant, key, cancellationToken).ConfigureAwait(false)
                    ? new MedIdError(CibaErrorCodes.LoginHintTokenInvalid, ErrorCategory.State, "CIBA Core §7.1", "used before")
                    : new UserHint
                    {
                        Kind = HintKind.LoginHintToken,
                        Value = verified.Value.Identifier.Value,
                        TokenIssuer = verified.Value.Issuer,
                        Identifier = verified.Value.Identifier,
                    };

            default:
                return new MedIdError(CibaErrorCodes.LoginHintTokenUnsupported, ErrorCategory.Unsupported, "CIBA Core §7.1");
        }
    }

    private static MedIdError Missing() => new(CibaErrorCodes.UserCodeMissing, ErrorCategory.Protocol, "CIBA Core §13");
}
