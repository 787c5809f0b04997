using BenchmarkDotNet.Attributes;
using MedId.Ciba.Server;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Benchmarks;

/// <summary>A poll that finds the request pending, on the in-memory store: the verb alone, and the token endpoint with the client's assertion.</summary>
public class CibaPollBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private ProviderScene _scene = null!;
    private PendingRequests _pending = null!;
    private TokenEndpoint _endpoint = null!;
    private (byte[] Body, string Assertion)[] _polls = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _scene = new();
        _pending = await PendingRequests.CreateAsync(_scene.Store);
        _endpoint = new(
            _scene.Authenticator, [new CibaGrantHandler(_scene.Store, new ConsentGrantStatus(_scene.Store, new()), _scene.Minter)], _scene.Options, StillTime.Clock);
        _polls = new (byte[], string)[Rotation.Inputs];
        for (var index = 0; index < Rotation.Inputs; index++)
        {
            _polls[index] = await _scene.AssertedAsync(index, GrantTypes.Ciba, _pending.AuthReqIds[index]);
        }

        _bare = new(_scene.EhrHandles(), [.. _polls.Select(poll => BareP256.OfToken(poll.Assertion))]);
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    public bool Bare() => _bare.Verify();

    [Benchmark(Description = "poll of the store")]
    public ValueTask<CibaPoll> Store() => _pending.PollAsync(_turn.Next(), StillTime.Now);

    [Benchmark(Description = "poll of the token endpoint")]
    public async ValueTask<OAuthAnswer> Endpoint()
    {
        var index = _turn.Next();
        return Right.Answered(await _endpoint.HandleAsync(ProviderScene.Read(index, _polls[index].Body)), 400, CibaErrorCodes.Pending);
    }

    /// <inheritdoc/>
    public Task CheckAsync() => _pending.CheckAsync();
}
