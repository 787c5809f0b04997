using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

/// <summary>
/// What a FAPI client refuses of an OP that misbehaves, under both profiles and with each way of binding: everything is right until one thing is changed. The same flows over TLS against a real OP are in
/// MedId.Ciba.Interop.Tests.
/// </summary>
public sealed class FapiRefusalTests : IDisposable
{
    private const string Elsewhere = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly X509Certificate2 Certificate = Make();
    private static readonly LocalSigningKey DpopKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "dpop-1");

    // Made once: RSA takes its time.
    private static readonly Lazy<LocalSigningKey> Rsa = new(() => LocalSigningKey.Generate(SignatureAlgorithm.RS256, "op-2"));

    private readonly List<CibaFixture> _opened = [];

    /// <summary>A client of each profile and binding.</summary>
    public enum Kind
    {
        /// <summary>Implementer's Draft 1, bound to a certificate.</summary>
        First,

        /// <summary>Draft 03 over FAPI 2.0, bound to a certificate.</summary>
        SecondByCertificate,

        /// <summary>Draft 03 over FAPI 2.0, bound to a DPoP key.</summary>
        SecondByProof,
    }

    public static TheoryData<Kind, string, string?, string> Claims
    {
        get
        {
            var rows = new TheoryData<Kind, string, string?, string>();
            foreach (var kind in Enum.GetValues<Kind>())
            {
                foreach (var defect in IdTokenTests.Defects)
                {
                    rows.Add(kind, defect.Data.Item1, defect.Data.Item2, defect.Data.Item3);
                }

                rows.Add(kind, "cnf", $"{{\"x5t#S256\":\"{Elsewhere}\"}}", CibaClientErrorCodes.ConfirmationMismatch);
                rows.Add(kind, "cnf", $"{{\"jkt\":\"{Elsewhere}\"}}", CibaClientErrorCodes.ConfirmationMismatch);
            }

            return rows;
        }
    }

    public void Dispose() => _opened.ForEach(f => f.Dispose());

    [Theory]
    [InlineData(Kind.First)]
    [InlineData(Kind.SecondByCertificate)]
    [InlineData(Kind.SecondByProof)]
    public async Task Flow_NothingChanged_GivesTokens(Kind kind)
    {
        var f = Open(kind);

        Assert.True((await f.Client.StartTakenAsync(f.Request, f.Op.Time)).Succeeded);
        Assert.Null((await f.Client.PollAsync(f.Authentication)).Error);
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task PollAsync_IdTokenWithOneDefect_IsRefused(Kind kind, string claim, string? json, string code)
    {
        var f = Open(kind);
        var claims = f.Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonNode.Parse(json);
        }

        Grant(f, kind, claims);
        Assert.Equal(code, (await f.Client.PollAsync(f.Authentication)).Error?.Code);
    }

    [Theory]
    [InlineData(Kind.First, "RS256")]
    [InlineData(Kind.First, "ES384")]
    [InlineData(Kind.SecondByCertificate, "RS256")]
    [InlineData(Kind.SecondByProof, "ES384")]
    public async Task PollAsync_IdTokenByAnAlgorithmOutsideTheProfile_IsRefused(Kind kind, string algorithm)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(algorithm, out var used));
        var key = used == SignatureAlgorithm.RS256 ? Rsa.Value : LocalSigningKey.Generate(used, "op-2");
        var f = Open(kind);
        f.Op.Keys.Insert(0, key);
        var claims = f.Claims();
        claims.Remove("at_hash");
        Grant(f, kind, claims);

        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, (await f.Client.PollAsync(f.Authentication)).Error?.Code);
    }

    [Theory]
    [InlineData(Kind.First, "id_token", null, CibaClientErrorCodes.IdTokenMissing)]
    [InlineData(Kind.First, "id_token", "eyJhbGciOiJub25lIn0.e30.", CryptographyErrorCodes.JoseAlgorithmNotAllowed)]
    [InlineData(Kind.First, "scope", "openid patient/Patient.read user/*.*", CibaClientErrorCodes.ScopeWidened)]
    [InlineData(Kind.First, "token_type", null, OAuthErrorCodes.TokenResponseMalformed)]
    [InlineData(Kind.First, "token_type", "DPoP", OAuthErrorCodes.TokenTypeUnsupported)]
    [InlineData(Kind.First, "token_type", "N_A", OAuthErrorCodes.TokenTypeUnsupported)]
    [InlineData(Kind.SecondByProof, "token_type", "Bearer", OAuthErrorCodes.TokenNotBound)]
    [InlineData(Kind.SecondByProof, "scope", "openid patient/*.read", CibaClientErrorCodes.ScopeWidened)]
    public async Task PollAsync_AnswerWithOneDefect_IsRefused(Kind kind, string member, string? value, string code)
    {
        var f = Open(kind);
        Grant(f, kind, f.Claims(), body =>
        {
            body.Remove(member);
            if (value is not null)
            {
                body[member] = value;
            }
        });

        Assert.Equal(code, (await f.Client.PollAsync(f.Authentication)).Error?.Code);
    }

    [Theory]
    [InlineData(Kind.First, "issuer", "\"https://op.example/\"", OAuthErrorCodes.IssuerMismatch)]
    [InlineData(Kind.First, "token_endpoint", "\"http://127.0.0.1/token\"", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData(Kind.First, "jwks_uri", "\"http://127.0.0.1/jwks\"", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData(Kind.First, "mtls_endpoint_aliases", "{\"token_endpoint\":\"http://127.0.0.1/token\"}", OAuthErrorCodes.EndpointNotHttps)]
    [InlineData(Kind.First, "backchannel_authentication_request_signing_alg_values_supported", "[\"RS256\",\"PS256\"]", CibaClientErrorCodes.SigningAlgorithmNotSupported)]
    [InlineData(Kind.First, "backchannel_token_delivery_modes_supported", "[\"push\"]", CibaClientErrorCodes.PollNotSupported)]
    [InlineData(Kind.First, "grant_types_supported", "[\"authorization_code\"]", CibaClientErrorCodes.GrantNotSupported)]
    [InlineData(Kind.First, "tls_client_certificate_bound_access_tokens", "false", CibaClientErrorCodes.BindingNotSupported)]
    [InlineData(Kind.First, "tls_client_certificate_bound_access_tokens", null, CibaClientErrorCodes.BindingNotSupported)]
    [InlineData(Kind.SecondByCertificate, "tls_client_certificate_bound_access_tokens", null, CibaClientErrorCodes.BindingNotSupported)]
    [InlineData(Kind.SecondByProof, "tls_client_certificate_bound_access_tokens", null, null)]
    public async Task StartAsync_MetadataWithOneDefect_SendsNothing(Kind kind, string member, string? json, string? code)
    {
        var f = Open(kind);
        f.Op.Metadata.Remove(member);
        if (json is not null)
        {
            f.Op.Metadata[member] = JsonNode.Parse(json);
        }

        Assert.Equal(code, (await f.Client.StartTakenAsync(f.Request, f.Op.Time)).Error?.Code);
        Assert.Equal(code is null ? 1 : 0, f.Op.To("/bc-authorize").Count);
    }

    [Theory]
    [InlineData(Kind.First)]
    [InlineData(Kind.SecondByProof)]
    public async Task Flow_Redirected_IsNotFollowed(Kind kind)
    {
        var f = Open(kind);
        HttpResponseMessage Away()
        {
            var answer = OpDouble.Answer(HttpStatusCode.TemporaryRedirect, "text/plain", "");
            answer.Headers.Location = new("https://op.example/elsewhere");
            return answer;
        }

        f.Op.On("/bc-authorize", _ => Away());
        f.Op.On("/token", _ => Away());

        Assert.Equal(OAuthErrorCodes.RedirectRefused, (await f.Client.StartTakenAsync(f.Request, f.Op.Time)).Error?.Code);
        Assert.Equal(OAuthErrorCodes.RedirectRefused, (await f.Client.PollAsync(f.Authentication)).Error?.Code);
        Assert.Empty(f.Op.To("/elsewhere"));
    }

    [Theory]
    [InlineData("Bearer", OAuthErrorCodes.TokenNotBound)]
    [InlineData("DPoP", null)]
    public async Task RefreshAsync_UnboundTokens_AreRefused(string type, string? code)
    {
        var f = Open(Kind.SecondByProof);
        Grant(f, Kind.SecondByProof, f.Claims(), body => body["refresh_token"] = "refresh-1");
        var tokens = (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!;
        Grant(f, Kind.SecondByProof, f.Claims(), body => body["token_type"] = type);

        Assert.Equal(code, (await f.Client.RefreshAsync(tokens)).Error?.Code);
    }

    private static void Grant(CibaFixture f, Kind kind, JsonObject claims, Action<JsonObject>? change = null) => f.Op.On("/token", _ => f.Tokens(claims, body =>
    {
        body["token_type"] = kind == Kind.SecondByProof ? "DPoP" : "Bearer";
        change?.Invoke(body);
    }));

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=ehr-clinic-a", key, HashAlgorithmName.SHA256).CreateSelfSigned(OpDouble.Start.AddDays(-1), OpDouble.Start.AddDays(1));
    }

    private CibaFixture Open(Kind kind)
    {
        var f = new CibaFixture(options =>
        {
            options.Profile = kind == Kind.First ? CibaClientProfile.FapiCibaId1 : CibaClientProfile.FapiCiba2;
            options.Certificate = kind == Kind.SecondByProof ? null : Certificate;
            options.DpopKey = kind == Kind.SecondByProof ? DpopKey : null;
        });
        Grant(f, kind, f.Claims());
        _opened.Add(f);
        return f;
    }
}
