using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;

namespace MedId.OAuth.Tests;

public sealed class ClientCredentialTests : IDisposable
{
    private const string Secret = "a synthetic s3cret of 32 characters";

    private readonly OpDouble _op = new();

    public void Dispose() => _op.Dispose();

    [Theory]
    [InlineData("ehr", "secret", "ehr:secret")]
    [InlineData("ehr a:1", "p%+ :/é", "ehr+a%3A1:p%25%2B+%3A%2F%C3%A9")]
    public async Task AuthenticateAsync_Basic_EncodesIdAndSecretAsForms(string id, string secret, string expected)
    {
        var request = new ClientRequest(OpDouble.Issuer + "/token", OpDouble.Issuer);
        await new ClientSecretBasicCredential(id, secret).AuthenticateAsync(request);
        Assert.Equal("Basic", request.Authorization!.Scheme);
        Assert.Equal(expected, Encoding.ASCII.GetString(Convert.FromBase64String(request.Authorization.Parameter!)));
        Assert.Empty(request.Parameters);
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public async Task AuthenticateAsync_PrivateKeyJwt_IsForTheIssuerAloneAndForOneMinute(string algorithm)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(algorithm, out var used));
        using var key = LocalSigningKey.Generate(used, "ehr-1");
        var sent = await PostAsync(new PrivateKeyJwtCredential("ehr-clinic-a", key, _op.Time));
        var claims = sent.ClaimsOf(OAuthParameters.ClientAssertion);
        Assert.Equal(TokenTypes.JwtBearerAssertion, sent.Form[OAuthParameters.ClientAssertionType]);
        Assert.Equal("ehr-clinic-a", (string?)claims["iss"]);
        Assert.Equal("ehr-clinic-a", (string?)claims["sub"]);
        Assert.Equal(OpDouble.Issuer, (string?)claims["aud"]);
        Assert.Equal(60, (long?)claims["exp"] - (long?)claims["iat"]);
        Assert.True(StrictBase64Url.TryDecode((string?)claims["jti"], out var jti) && jti.Length >= 16);
        Assert.Equal("ehr-1", (string?)sent.HeaderOf(OAuthParameters.ClientAssertion)["kid"]);
        Assert.True(Verify(sent.Form[OAuthParameters.ClientAssertion], key));
    }

    [Fact]
    public async Task AuthenticateAsync_PrivateKeyJwtTwice_IsNeverTheSame()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var credential = new PrivateKeyJwtCredential("ehr-clinic-a", key, _op.Time);
        var first = await PostAsync(credential);
        var second = await PostAsync(credential);
        Assert.NotEqual((string?)first.ClaimsOf(OAuthParameters.ClientAssertion)["jti"], (string?)second.ClaimsOf(OAuthParameters.ClientAssertion)["jti"]);
    }

    [Fact]
    public async Task AuthenticateAsync_Post_PutsIdAndSecretIntoTheForm()
    {
        var sent = await PostAsync(new ClientSecretPostCredential("ehr a:1", "p%+ :/é"));
        Assert.Equal("ehr a:1", sent.Form[OAuthParameters.ClientId]);
        Assert.Equal("p%+ :/é", sent.Form[OAuthParameters.ClientSecret]);
        Assert.Null(sent.Authorization);
    }

    [Theory]
    [InlineData("HS256", 32)]
    [InlineData("HS384", 48)]
    [InlineData("HS512", 64)]
    public async Task AuthenticateAsync_ClientSecretJwt_IsMadeWithTheSecretAndNeverSendsIt(string algorithm, int length)
    {
        Assert.True(HmacAlgorithm.TryFromJose(algorithm, out var used));
        var secret = new string('é', length / 2);
        var sent = await PostAsync(new ClientSecretJwtCredential("ehr-clinic-a", secret, used, _op.Time));
        Assert.Equal(TokenTypes.JwtBearerAssertion, sent.Form[OAuthParameters.ClientAssertionType]);
        Assert.DoesNotContain(secret, sent.Form.Values);
        Assert.Null(sent.Authorization);
        var verified = HmacJwtVerifier.Verify(sent.Form[OAuthParameters.ClientAssertion], new HmacJwtExpectations
        {
            Secrets = [Encoding.UTF8.GetBytes(secret)],
            Algorithms = [used],
            Type = JwtTypeRule.OneOf("JWT"),
            Issuer = "ehr-clinic-a",
            Subject = "ehr-clinic-a",
            Audience = JwtAudienceRule.ExactlySingleString(OpDouble.Issuer),
            RequiredClaims = ["jti"],
            Now = _op.Time.GetUtcNow(),
            Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromSeconds(60)),
        });
        Assert.Null(verified.Error?.Code);
        Assert.Throws<ArgumentException>(() => new ClientSecretJwtCredential("ehr-clinic-a", secret[1..], used));
    }

    [Fact]
    public async Task AuthenticateAsync_Tls_NamesTheClientInTheForm()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=synthetic-ehr", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var credential = new TlsClientCredential("ehr-clinic-a", certificate);
        var sent = await PostAsync(credential);
        Assert.Equal("ehr-clinic-a", sent.Form[OAuthParameters.ClientId]);
        Assert.Single(sent.Form);
        Assert.Null(sent.Authorization);
        Assert.Equal(StrictBase64Url.Encode(SHA256.HashData(certificate.RawData)), credential.Thumbprint);
        using var handler = credential.CreateHandler();
        Assert.False(handler.AllowAutoRedirect);
        Assert.Equal(certificate.RawData, handler.SslOptions.ClientCertificateContext!.TargetCertificate.RawData);
        using var publicHalf = X509CertificateLoader.LoadCertificate(certificate.RawData);
        Assert.Throws<ArgumentException>(() => new TlsClientCredential("ehr-clinic-a", publicHalf));
    }

    [Fact]
    public void ToString_Any_ShowsNoSecret() => Assert.All(
        new IClientCredential[] { new ClientSecretBasicCredential("a", Secret), new ClientSecretPostCredential("a", Secret), new ClientSecretJwtCredential("a", Secret) },
        credential => Assert.DoesNotContain("s3cret", credential.ToString(), StringComparison.Ordinal));

    [Theory]
    [InlineData("private_key_jwt", ClientAuthenticationMethod.PrivateKeyJwt)]
    [InlineData("client_secret_basic", ClientAuthenticationMethod.ClientSecretBasic)]
    [InlineData("client_secret_post", ClientAuthenticationMethod.ClientSecretPost)]
    public void TryParse_KnownName_GoesBothWays(string name, ClientAuthenticationMethod method)
    {
        Assert.True(ClientAuthenticationMethods.TryParse(name, out var parsed));
        Assert.Equal(method, parsed);
        Assert.Equal(name, ClientAuthenticationMethods.ToName(method));
    }

    private async Task<RecordedRequest> PostAsync(IClientCredential credential)
    {
        _op.On("/token", _ => OpDouble.Answer(HttpStatusCode.OK, "application/json", "{}"));
        var http = new ProtocolHttpClient(_op.CreateClient(), time: _op.Time);
        Assert.True((await http.PostAsync("token", new ClientRequest(OpDouble.Issuer + "/token", OpDouble.Issuer), credential)).Succeeded);
        return _op.To("/token")[^1];
    }

    private bool Verify(string assertion, SigningKey key) => JwtVerifier.Verify(assertion, new JwtExpectations
    {
        Keys = JsonWebKeySet.Of(key.ToJwk()),
        Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ClientAssertion, _op.Time.GetUtcNow()),
        Type = JwtTypeRule.OneOf("JWT"),
        Issuer = "ehr-clinic-a",
        Audience = JwtAudienceRule.ExactlySingleString(OpDouble.Issuer),
        Now = _op.Time.GetUtcNow(),
        Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromSeconds(60)),
    }).Succeeded;
}
