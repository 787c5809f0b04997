using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>An access token and an ID token, ES256.</summary>
public class TokenIssueBenchmarks : IChecked
{
    private readonly Rotation _turn = new();
    private ProviderScene _scene = null!;
    private TokenIssue[] _issues = null!;
    private BareP256 _access = null!;
    private BareP256 _identity = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _scene = new();
        _issues = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => _scene.Issue(new StoreScene(_scene.Store, ProviderScene.TenantOf(index)), index))];
        var tokens = new List<IssuedTokens>();
        foreach (var issue in _issues)
        {
            tokens.Add(Right.Accepted(await _scene.Minter.IssueAsync(issue)));
        }

        var keys = _scene.SigningHandles();
        _access = new(keys, [.. tokens.Select(issued => BareP256.OfToken(issued.AccessToken))]);
        _identity = new(keys, [.. tokens.Select(issued => BareP256.OfToken(issued.IdToken!))]);
    }

    [Benchmark(Baseline = true, Description = "two bare signatures")]
    public int Bare() => _access.Sign().Length + _identity.Sign().Length;

    [Benchmark(Description = "access token and ID token")]
    public async ValueTask<IssuedTokens> Issue() => Right.Accepted(await _scene.Minter.IssueAsync(_issues[_turn.Next()]));

    /// <inheritdoc/>
    public async Task CheckAsync()
    {
        var issue = _issues[0];
        var (first, second) = (Right.Accepted(await _scene.Minter.IssueAsync(issue)), Right.Accepted(await _scene.Minter.IssueAsync(issue)));
        Right.Is(first.AccessToken != second.AccessToken, "two tokens of one grant differ");
        var access = await ReadAsync(issue, first.AccessToken, TokenTypes.AccessTokenJwt, ProviderScene.Resource);
        var identity = await ReadAsync(issue, first.IdToken!, "JWT", StoreScene.Client);
        Right.Is(access.Subject == issue.Grant.Subject && identity.Subject == issue.Grant.Subject, "the tokens are of their grant");
        Right.Is(
            identity.Claims.GetProperty("at_hash").GetString() == TokenHash.Compute(SignatureAlgorithm.ES256, first.AccessToken), "the ID token is of its access token");
    }

    private async Task<VerifiedJwt> ReadAsync(TokenIssue issue, string token, string type, string audience) => Right.Accepted(JwtVerifier.Verify(token, new()
    {
        Keys = (await _scene.Keys.GetKeyRingAsync(issue.Grant.Tenant)).Published,
        Algorithms = AlgorithmRule.Only(SignatureAlgorithm.ES256),
        Type = JwtTypeRule.OneOf(type),
        Issuer = ProviderScene.Issuer,
        Audience = JwtAudienceRule.ExactlySingleString(audience),
        Lifetime = JwtLifetimeRule.Expires,
        Now = StillTime.Now,
    }));
}
