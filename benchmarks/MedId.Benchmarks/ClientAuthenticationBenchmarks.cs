using BenchmarkDotNet.Attributes;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Benchmarks;

/// <summary>A client that signs an assertion: the form, the assertion, its single use.</summary>
public class ClientAuthenticationBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private ProviderScene _scene = null!;
    private (byte[] Body, string Assertion)[] _requests = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _scene = new();
        _requests = new (byte[], string)[Rotation.Inputs];
        for (var index = 0; index < Rotation.Inputs; index++)
        {
            _requests[index] = await _scene.AssertedAsync(index, GrantTypes.Ciba, $"synthetic-{index}");
        }

        _bare = new(_scene.EhrHandles(), [.. _requests.Select(request => BareP256.OfToken(request.Assertion))]);
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "private_key_jwt")]
    public async ValueTask<ClientRegistration> PrivateKeyJwt() => Right.Accepted(await AuthenticateAsync(_scene.Authenticator, _turn.Next()));

    /// <inheritdoc/>
    public async Task CheckAsync()
    {
        var once = new ClientAuthenticator(_scene.Clients, new ClientKeySource(), new ReplayRounds(), _scene.Options, StillTime.Clock);
        Right.Is(Right.Accepted(await AuthenticateAsync(once, 0)).Tenant == ProviderScene.TenantOf(0), "the client is the tenant's");
        Right.Is((await AuthenticateAsync(once, 0)).Error?.Code == OAuthServerErrorCodes.ClientAssertionReplayed, "an assertion is good once");
        var foreign = await once.AuthenticateAsync(ProviderScene.Read(1, _requests[0].Body), _scene.Options.TokenEndpoint);
        Right.Is(foreign.Error?.Code == OAuthServerErrorCodes.ClientAuthenticationFailed, "another client's key is refused");
    }

    private ValueTask<Core.MedIdResult<ClientRegistration>> AuthenticateAsync(ClientAuthenticator authenticator, int index) =>
        authenticator.AuthenticateAsync(ProviderScene.Read(index, _requests[index].Body), _scene.Options.TokenEndpoint);
}
