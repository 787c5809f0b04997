using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Whatever fails below the OP, at each endpoint over HTTP: the client reads an error of the protocol and no word of the failure, and what it asked for can be had afterwards.</summary>
public class ServerErrorTests
{
    private const string Unknown = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly Dictionary<string, Func<LabWorld, Task<LabAnswer>>> Endpoints = new(StringComparer.Ordinal)
    {
        ["/bc-authorize"] = w => w.AskAsync("basic"),
        ["/token"] = w => w.PollAsync(Unknown),
        ["/token, refresh"] = w => w.BasicAsync("/token", "basic", ("grant_type", "refresh_token"), ("refresh_token", Unknown)),
        ["/introspect"] = w => w.BasicAsync("/introspect", "rs", ("token", w.Token)),
        ["/revoke"] = w => w.BasicAsync("/revoke", "basic", ("token", w.Token)),
        ["/userinfo"] = w => w.SendAsync(HttpMethod.Get, "/userinfo", null, r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer " + w.Token)),
    };

    public static TheoryData<string, string> Failures => new(Endpoints.Keys.SelectMany(_ => (string[])["store", "database", "keys", "time"], (endpoint, what) => (endpoint, what)));

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Endpoint_SomethingUnderItFails_AnswersInTheProtocolAndGoesOn(string endpoint, string what)
    {
        Exception? failure = null;
        var failing = new Failing(() => failure);
        await using var world = await LabWorld.StartAsync(op => failing.Come(op.Services, inKeys: what == "keys" && endpoint is "/introspect" or "/revoke" or "/userinfo"));
        world.Token = (await world.TokensAsync())["access_token"];
        var send = Endpoints[endpoint];

        failure = what switch
        {
            "store" => new IOException("synthetic failure of alice"),
            "database" => new PassingDatabaseException("synthetic failure of alice"),
            "keys" => new HttpRequestException("synthetic failure of alice"),
            _ => new TimeoutException("synthetic failure of alice"),
        };
        var answer = await send(world);
        failure = null;

        WireErrors.Check(what == "store" ? new(500, "server_error", send) : new(503, "temporarily_unavailable", send, RetryAfter: "5"), answer);
        Assert.DoesNotContain("synthetic", answer.Text, StringComparison.Ordinal);
        Assert.True((await send(world)).Status < 500);
    }

    [Fact]
    public async Task Poll_SigningKeyFails_CostsNothingOfTheGrant()
    {
        Exception? failure = null;
        await using var world = await LabWorld.StartAsync(op => new Failing(() => failure).Come(op.Services, inKeys: true));
        var id = await world.OpenAsync(decide: "approve");

        failure = new HttpRequestException("the key service is down");
        WireErrors.Check(new(503, "temporarily_unavailable", _ => throw new InvalidOperationException(), RetryAfter: "5"), await world.PollAsync(id));
        failure = new InvalidOperationException("there is no such key");
        WireErrors.Check(new(500, "server_error", _ => throw new InvalidOperationException()), await world.PollAsync(id));

        failure = null;
        (await world.PollAsync(id)).Expect(200);
    }

    [Fact]
    public async Task Poll_IssueStopped_SaysWhenToAskAgain()
    {
        var stopped = true;
        await using var world = await LabWorld.StartAsync(op => op.Services.AddSingleton<ITokenIssueGate>(new Gate(() => stopped)));
        var id = await world.OpenAsync(decide: "approve");

        WireErrors.Check(new(503, "temporarily_unavailable", _ => throw new InvalidOperationException(), RetryAfter: "60"), await world.PollAsync(id));

        stopped = false;
        (await world.PollAsync(id)).Expect(200);
    }

    private sealed class PassingDatabaseException(string message) : System.Data.Common.DbException(message)
    {
        public override bool IsTransient => true;
    }

    private sealed class Gate(Func<bool> stopped) : ITokenIssueGate
    {
        public ValueTask<MedIdError?> RefuseAsync(TokenIssue issue, CancellationToken cancellationToken = default) =>
            new(stopped() ? new MedIdError(OAuthServerErrorCodes.IssueStopped, ErrorCategory.Policy, "synthetic") : null);
    }

    /// <summary>Stands before the store, or before the keys, and throws while there is something to throw.</summary>
    private sealed class Failing(Func<Exception?> failure) : IKeyRingSource
    {
        private IKeyRingSource? _keys;

        public void Come(IServiceCollection services, bool inKeys)
        {
            if (inKeys)
            {
                _keys = (IKeyRingSource)services.Last(one => one.ServiceType == typeof(IKeyRingSource)).ImplementationInstance!;
                services.Replace(ServiceDescriptor.Singleton<IKeyRingSource>(this));
            }
            else
            {
                services.Replace(ServiceDescriptor.Singleton(InterceptedStore.Around(new InMemoryProviderStore(), (_, _) => Throw())));
            }
        }

        public ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default)
        {
            Throw();
            return _keys!.GetKeyRingAsync(tenant, cancellationToken);
        }

        private void Throw()
        {
            if (failure() is { } thrown)
            {
                throw thrown;
            }
        }
    }
}
