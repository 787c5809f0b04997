using MedId.Ciba.Server;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>
/// Opens a request that asks for no health data: the person signs in to the service, and nothing else. Who the doctor is does not matter then (row A15 is about access to data). The way is
/// the same: notice, choice, last act, and a record by which the person can end it.
/// </summary>
internal sealed class SignInOpening(IProviderStore store, ProviderOptions options, TimeProvider time)
{
    /// <summary>The scope that every sign-in keeps.</summary>
    public const string OpenId = "openid";

    /// <summary>The system of the one purpose that is of this library: no code system has a purpose of use for signing in.</summary>
    public const string PurposeSystem = "urn:medid:purpose";

    public const string PurposeCode = "sign-in";

    private const string Profile = "profile";
    private const string OfflineAccess = "offline_access";
    private const string Section = "MedId walk, sign-in";

    /// <summary>Whether a request is a sign-in: OIDC's own scopes, no resource, and nothing that belongs to a request for data.</summary>
    public static bool IsAsked(BackchannelParameters parameters) =>
        parameters is { Resource: null, ActorToken: null, AuthorizationDetails: null } && parameters.Scopes.All(scope => scope is OpenId or Profile or OfflineAccess);

    /// <summary>Whether a scope that is no FHIR scope stands in a notice, in words.</summary>
    public static bool IsShown(string scope) => scope == Profile;

    public async ValueTask<MedIdResult<AccessContext>> PrepareAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken)
    {
        // A one-time code is for the data that it was made for.
        if (options.OneTimeCodes is not null && OneTimeCodes.IsHint(request.Parameters))
        {
            return OneTimeCodeAccess.Refused("a code signs nobody in");
        }

        var account = await store.FindAccountAsync(request.Tenant, request.AccountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return new MedIdError(ProviderErrorCodes.AccountSuspended, ErrorCategory.State, Section);
        }

        // Nobody signs in for somebody else: proxies are not asked.
        var now = time.GetUtcNow();
        var devices = await store.ListDevicesAsync(request.Tenant, account.Id, cancellationToken).ConfigureAwait(false);
        if (!devices.Any(device => device.MayActAt(now)))
        {
            return new MedIdError(ProviderErrorCodes.NoDevice, ErrorCategory.State, Section, "the person has no enrolled device that may act");
        }

        var scopes = new List<FhirScope>();
        foreach (var token in request.Parameters.Scopes.Where(scope => scope is OpenId or Profile))
        {
            var scope = FhirScope.Parse(token);
            if (!scope.Succeeded)
            {
                return scope.Error;
            }

            scopes.Add(scope.Value);
        }

        var reuse = options.ReuseOf(request.Client, request.Parameters.Scopes);
        if (reuse.Variant == ConsentReuse.RefreshToken && !request.Parameters.Scopes.Contains(OfflineAccess, StringComparer.Ordinal))
        {
            reuse = new(ConsentReuse.EachTime, reuse.Access < ProviderOptions.LongestSingleAccess ? reuse.Access : ProviderOptions.LongestSingleAccess);
        }

        var recipient = new ConsentParty(request.Client.ClientId, request.Client.Metadata.NameIn(account.Language));
        var until = request.ExpiresAt + reuse.Access;
        until = new(until.Ticks - (until.Ticks % TimeSpan.TicksPerSecond), until.Offset);
        var notice = NoticeFactory.MakeSignIn(options.Issuer, request.Id, recipient, scopes, account.Language, request.Parameters.BindingMessage, until, reuse.Variant);
        return new AccessContext
        {
            Notice = notice.ToCanonicalJson(),
            TextsVersion = notice.TextsVersion,
            Language = notice.Language,
            Recipient = recipient,
            Purpose = notice.Purpose,
            AccessUntil = until,
            Shown = [.. scopes.Select(scope => scope.Value)],
            Reuse = reuse.Variant,
        };
    }
}
