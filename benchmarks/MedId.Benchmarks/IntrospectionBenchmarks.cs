using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>A resource server's question at every access: form, secret, token, revocation, consent and person as they stand now.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class IntrospectionBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private ProviderScene _scene = null!;
    private IntrospectionEndpoint _endpoint = null!;
    private StoreScene[] _persons = null!;
    private byte[][] _questions = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _scene = new();
        _endpoint = new(_scene.Authenticator, new ConsentGrantStatus(_scene.Store, new()), _scene.Store, _scene.Keys, _scene.Options, StillTime.Clock);
        _persons = new StoreScene[Rotation.Inputs];
        _questions = new byte[Rotation.Inputs][];
        var signed = new (byte[] Data, byte[] Signature)[Rotation.Inputs];
        for (var index = 0; index < Rotation.Inputs; index++)
        {
            _persons[index] = await ProviderScene.GrantedAsync(_scene.Store, index);
            var tokens = Right.Accepted(await _scene.Minter.IssueAsync(_scene.Issue(_persons[index], index)));
            _questions[index] = await ProviderScene.QuestionAsync(tokens.AccessToken);
            signed[index] = BareP256.OfToken(tokens.AccessToken);
        }

        _bare = new(_scene.SigningHandles(), signed);
    }

    [Benchmark(Baseline = true, Description = "bare verification")]
    [BenchmarkCategory("JSON")]
    public bool BareVerification() => _bare.Verify();

    [Benchmark(Description = "introspection, JSON answer")]
    [BenchmarkCategory("JSON")]
    public async ValueTask<OAuthAnswer> Json() => Right.Answered(await AskAsync(_turn.Next(), accept: null));

    [Benchmark(Baseline = true, Description = "bare verification and signature")]
    [BenchmarkCategory("signed")]
    public byte[] BareVerificationAndSignature() => _bare.VerifyAndSign();

    [Benchmark(Description = "introspection, signed answer")]
    [BenchmarkCategory("signed")]
    public async ValueTask<OAuthAnswer> Signed() => Right.Answered(await AskAsync(_turn.Next(), TokenTypes.IntrospectionMediaType));

    /// <inheritdoc/>
    public async Task CheckAsync()
    {
        Right.Is(Members(await AskAsync(0, accept: null)).GetProperty("consent_id").GetString() == _persons[0].ConsentId, "the answer is of the token");
        var ring = await _scene.Keys.GetKeyRingAsync(ProviderScene.TenantOf(0));
        var jws = Right.Accepted(CompactJws.Parse(Encoding.ASCII.GetString((await AskAsync(0, TokenTypes.IntrospectionMediaType)).Body.Span)));
        Right.Accepted(jws.Verify(ring.Published, AlgorithmRule.Only(SignatureAlgorithm.ES256)));

        // Withdrawal counts at the very next question; the person of this input then consents anew.
        var last = Rotation.Inputs - 1;
        var person = _persons[last];
        Right.Is(Members(await AskAsync(last, accept: null)).GetProperty("active").GetBoolean(), "active before the withdrawal");
        await _scene.Store.WithdrawConsentAsync(person.Tenant, person.ConsentId, person.AccountId, StillTime.Now);
        Right.Is(!Members(await AskAsync(last, accept: null)).GetProperty("active").GetBoolean(), "inactive after the withdrawal");
    }

    private static JsonElement Members(OAuthAnswer answer) => Right.Accepted(StrictJson.ParseObject(answer.Body));

    private ValueTask<OAuthAnswer> AskAsync(int index, string? accept) =>
        _endpoint.HandleAsync(ProviderScene.Read(index, _questions[index], ProviderScene.Basic, accept));
}
