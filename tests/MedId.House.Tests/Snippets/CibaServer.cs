using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.House.Tests.Snippets;

internal static class CibaServer
{
    public static (BackchannelAuthenticationEndpoint Authentication, TokenEndpoint Tokens) Parts(
        OAuthServerOptions server,
        ClientAuthenticator authenticator,
        IClientKeySource clientKeys,
        IKeyRingSource keys,
        IReplayStore replay,
        AcrTable acrs,
        ICibaRequestStore requests,
        IGrantStatus grants,
        IHintResolver accounts,
        IUserCodeVerifier userCodes,
        IBackchannelRequestHandler notices)
    {
        #region CibaServer_Parts
        var options = new CibaOptions { DefaultExpiry = TimeSpan.FromMinutes(3) };
        var reader = new BackchannelRequestReader(clientKeys, replay, acrs, server, options);
        var users = new UserIdentification(accounts, keys, replay, server, options, userCodes);
        var authentication = new BackchannelAuthenticationEndpoint(authenticator, reader, users, notices, requests, server, options);

        var polls = new CibaGrantHandler(requests, grants, new TokenMinter(keys, server));
        var tokens = new TokenEndpoint(authenticator, [polls], server);
        #endregion
        return (authentication, tokens);
    }

    public static IReadOnlyList<string> Profile(ClientRegistration client)
    {
        #region CibaServer_Profile
        var (ciba, server) = (new CibaOptions(), new OAuthServerOptions { Issuer = "https://op.example" });
        CibaProfile.FapiCiba2.ApplyTo(ciba, server);

        // What contradicts the profile is named; so is what it forbids of a registration.
        IReadOnlyList<string> wrong = [.. ciba.Validate(server), .. CibaClientRules.Refuse(client, ciba, server)];
        #endregion
        return wrong;
    }

    #region CibaServer_Handler
    private sealed class AskByPhone : IBackchannelRequestHandler
    {
        public ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(request.Parameters.ActorToken is null
                ? BackchannelDecision.Refuse(CibaRefusals.InvalidRequest(new("clinic.doctor_unknown", ErrorCategory.Protocol, "Clinic handbook 7")))
                : BackchannelDecision.Accept(context: null));

        public ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
    #endregion
}
