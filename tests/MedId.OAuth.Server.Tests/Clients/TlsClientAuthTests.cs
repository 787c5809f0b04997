using System.Formats.Asn1;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests.Clients;

/// <summary>RFC 8705 §2: clients by certificate. Authorities, names and keys are synthetic.</summary>
public sealed class TlsClientAuthTests
{
    private const string Id = "ehr-mtls";

    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Common("Synthetic client CA"));
    private static readonly TestName Name = TestName.Of(("C", "JP"), ("O", "Synthetic Clinic, A"), ("CN", "ehr.clinic-a.example"));
    private static readonly TestCertificate Certificate = Authority.Issue(Name, builder => builder.With(TestExtensions.SubjectAlternativeName(
        TestGeneralName.Dns("ehr.clinic-a.example"),
        TestGeneralName.Uri("https://clinic-a.example/ehr"),
        TestGeneralName.Ip(192, 0, 2, 7),
        TestGeneralName.Ip([0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        TestGeneralName.Email("Ehr@clinic-a.example"))));

    private static ClientMetadata BySubject(string name = "CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A,C=JP") =>
        Tls() with { TlsClientAuthSubjectDn = name };

    private static ClientMetadata Tls(ClientAuthenticationMethod method = ClientAuthenticationMethod.TlsClientAuth) => new() { ClientId = Id, TokenEndpointAuthMethod = method };

    private static async Task<MedIdError?> RefusalAsync(
        ClientMetadata client, TestCertificate? certificate = null, bool trusted = true, Action<OAuthServerOptions>? change = null, params (string Name, string? Value)[] form)
    {
        var options = new OAuthServerOptions { Issuer = TestServer.Issuer, TakesClientCertificates = true };
        change?.Invoke(options);
        var authenticator = new ClientAuthenticator(new ConfiguredClients(new ClientRegistration(TenantId.Single, client)), new ClientKeySource(), new TestStore(), options);
        var request = TestServer.Request(null, form.Length == 0 ? [("client_id", Id)] : form) with
        {
            Certificate = new PresentedCertificate((certificate ?? Certificate).Der) { IsChainTrusted = trusted },
        };
        var result = await authenticator.AuthenticateAsync(request, TestServer.Issuer);
        Assert.True(!result.Succeeded || result.Value.ClientId == Id);
        return result.Error;
    }

    private static async Task<string?> CodeAsync(ClientMetadata client, TestCertificate? certificate = null, bool trusted = true) => (await RefusalAsync(client, certificate, trusted))?.Code;

    [Fact]
    public async Task AuthenticateAsync_SubjectThatWasRegistered_IsTheClient() => Assert.Null(await CodeAsync(BySubject()));

    [Fact]
    public async Task AuthenticateAsync_ChainThatNobodyVerified_IsRefused() =>
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(BySubject(), trusted: false));

    [Fact]
    public async Task AuthenticateAsync_HostThatTakesNoCertificates_IsRefused() => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationFailed, (await RefusalAsync(BySubject(), change: options => options.TakesClientCertificates = false))?.Code);

    [Fact]
    public async Task AuthenticateAsync_WithoutClientId_IsMissing() => Assert.Equal(
        OAuthServerErrorCodes.ClientAuthenticationMissing, (await RefusalAsync(BySubject(), form: ("grant_type", GrantTypes.Ciba)))?.Code);

    [Fact]
    public async Task AuthenticateAsync_WithoutCertificate_IsMissing()
    {
        var options = new OAuthServerOptions { Issuer = TestServer.Issuer, TakesClientCertificates = true };
        var authenticator = new ClientAuthenticator(new ConfiguredClients(new ClientRegistration(TenantId.Single, BySubject())), new ClientKeySource(), new TestStore(), options);
        var result = await authenticator.AuthenticateAsync(TestServer.Request(null, ("client_id", Id)), TestServer.Issuer);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, result.Error?.Code);
    }

    [Fact]
    public async Task AuthenticateAsync_UnknownClientAndWrongCertificate_AreToldApartNowhere()
    {
        var unknown = await RefusalAsync(BySubject(), form: ("client_id", "nobody"));
        var wrong = await RefusalAsync(BySubject("CN=other"));
        var method = await RefusalAsync(new ClientMetadata { ClientId = Id, ClientSecret = TestServer.Secret });
        foreach (var error in new[] { unknown, wrong, method })
        {
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, error?.Code);
            Assert.Equal(Encoding.UTF8.GetString(OAuthAnswer.Refused(unknown!).Body.Span), Encoding.UTF8.GetString(OAuthAnswer.Refused(error!).Body.Span));
        }
    }

    [Fact]
    public async Task AuthenticateAsync_CertificateBesideAnAssertion_IsNoSecondMethod()
    {
        var server = new TestServer();
        var request = await server.RequestByAsync(TestServer.EhrId) with { Certificate = new PresentedCertificate(Certificate.Der) };
        Assert.True((await server.Authenticator.AuthenticateAsync(request, TestServer.Issuer)).Succeeded);
    }

    [Fact]
    public async Task AuthenticateAsync_WhatIsNoCertificate_IsRefused()
    {
        var options = new OAuthServerOptions { Issuer = TestServer.Issuer, TakesClientCertificates = true };
        var authenticator = new ClientAuthenticator(new ConfiguredClients(new ClientRegistration(TenantId.Single, BySubject())), new ClientKeySource(), new TestStore(), options);
        foreach (var mutant in new SeededMutator(8705).Mutate(Certificate.Der, 1500).Where(mutant => mutant.Bytes.Length > 0))
        {
            var request = TestServer.Request(null, ("client_id", Id)) with { Certificate = new PresentedCertificate(mutant.Bytes) { IsChainTrusted = true } };
            var result = await authenticator.AuthenticateAsync(request, TestServer.Issuer);

            // Whether the bytes are those that an authority signed was the TLS layer's question; here an accepted mutant still carries the registered subject.
            Assert.True(!result.Succeeded || Pki.Certificate.Parse(mutant.Bytes).Value!.Subject.RawData.Span.SequenceEqual(Name.Der), mutant.How);
            Assert.True(result.Succeeded || result.Error.Code == OAuthServerErrorCodes.ClientAuthenticationFailed, mutant.How);
        }
    }

    // The certificate's name is C=JP, O="Synthetic Clinic, A", CN=ehr.clinic-a.example.
    [Theory]
    [InlineData("CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A,C=JP", true)]
    [InlineData("cn=ehr.clinic-a.example, o=Synthetic Clinic\\2C A, c=JP", true)]
    [InlineData("2.5.4.3=ehr.clinic-a.example,2.5.4.10=Synthetic Clinic\\, A,2.5.4.6=JP", true)]
    [InlineData("CN=#0C146568722E636C696E69632D612E6578616D706C65,O=Synthetic Clinic\\, A,C=JP", true)]
    [InlineData("CN=EHR.clinic-a.example,O=Synthetic Clinic\\, A,C=JP", false)]
    [InlineData("CN=ehr.clinic-a.example,O=synthetic clinic\\, a,C=JP", false)]
    [InlineData("CN=ehr.clinic-a.example,O=Synthetic  Clinic\\, A,C=JP", false)]
    [InlineData("CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A\\ ,C=JP", false)]
    [InlineData("CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A", false)]
    [InlineData("CN=ehr.clinic-a.example", false)]
    [InlineData("C=JP,O=Synthetic Clinic\\, A,CN=ehr.clinic-a.example", false)]
    [InlineData("CN=ehr.clinic-a.example+O=Synthetic Clinic\\, A,C=JP", false)]
    [InlineData("OU=ehr.clinic-a.example,O=Synthetic Clinic\\, A,C=JP", false)]
    [InlineData("CN=x,CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A,C=JP", false)]
    public async Task AuthenticateAsync_SubjectDn_ComparesTypesAndValuesExactly(string registered, bool same) =>
        Assert.Equal(same ? null : OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(BySubject(registered)));

    [Fact]
    public async Task AuthenticateAsync_SubjectOfOtherStringType_IsTheSameName()
    {
        var printable = Authority.Issue(TestName.Empty.With("C", "JP").With("O", "Synthetic Clinic, A", UniversalTagNumber.PrintableString).With("CN", "ehr.clinic-a.example", UniversalTagNumber.PrintableString));
        Assert.Null(await CodeAsync(BySubject(), printable));
    }

    [Fact]
    public async Task AuthenticateAsync_StepOfSeveralAttributes_IsASet()
    {
        var certificate = Authority.Issue(TestName.Empty.With("C", "JP").WithMultiValued(("CN", "ehr"), ("SERIALNUMBER", "7")));
        Assert.Null(await CodeAsync(BySubject("CN=ehr+serialNumber=7,C=JP"), certificate));
        Assert.Null(await CodeAsync(BySubject("serialNumber=7+CN=ehr,C=JP"), certificate));
        foreach (var other in new[] { "CN=ehr,C=JP", "CN=ehr+serialNumber=8,C=JP", "CN=ehr+CN=ehr,C=JP", "CN=ehr,serialNumber=7,C=JP" })
        {
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(BySubject(other), certificate));
        }
    }

    [Fact]
    public async Task AuthenticateAsync_MutatedRegistration_NeverNamesAnotherCertificate()
    {
        const string registered = "CN=ehr.clinic-a.example,O=Synthetic Clinic\\, A,C=JP";
        var name = Pki.DistinguishedName.ParseRfc4514(registered).Value!;
        var matched = 0;
        foreach (var mutant in new SeededMutator(4514).Mutate(registered, 3000))
        {
            ClientRegistration client;
            try
            {
                client = new(TenantId.Single, BySubject(mutant.Text));
            }
            catch (ArgumentException)
            {
                continue;
            }

            // What is still taken for this certificate is another way to write the same name, octet by octet.
            if (client.TlsSubject!.Matches(Pki.Certificate.Parse(Certificate.Der).Value!))
            {
                matched++;
                Assert.Equal(name.ToString(), Pki.DistinguishedName.ParseRfc4514(mutant.Text).Value!.ToString());
            }
        }

        Assert.True(matched > 0);
    }

    public static TheoryData<string, string, bool> AlternativeNames => new()
    {
        { "dns", "ehr.clinic-a.example", true },
        { "dns", "EHR.clinic-a.example", true },
        { "dns", "clinic-a.example", false },
        { "dns", "*.clinic-a.example", false },
        { "dns", "192.0.2.7", false },
        { "uri", "https://clinic-a.example/ehr", true },
        { "uri", "https://clinic-a.example/EHR", false },
        { "uri", "https://clinic-a.example/ehr/", false },
        { "ip", "192.0.2.7", true },
        { "ip", "192.0.2.8", false },
        { "ip", "2001:db8::1", true },
        { "ip", "2001:DB8:0:0:0:0:0:1", true },
        { "ip", "2001:db8::2", false },
        { "ip", "::ffff:192.0.2.7", false },
        { "email", "Ehr@clinic-a.example", true },
        { "email", "ehr@clinic-a.example", false },
        { "email", "clinic-a.example", false },
    };

    [Theory]
    [MemberData(nameof(AlternativeNames))]
    public async Task AuthenticateAsync_AlternativeName_IsOneEntryOfItsKind(string kind, string value, bool same)
    {
        var client = kind switch
        {
            "dns" => Tls() with { TlsClientAuthSanDns = value },
            "uri" => Tls() with { TlsClientAuthSanUri = value },
            "ip" => Tls() with { TlsClientAuthSanIp = value },
            _ => Tls() with { TlsClientAuthSanEmail = value },
        };
        Assert.Equal(same ? null : OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(client, Authority.Issue(Name)));
    }

    [Theory]
    [InlineData("192.0.2")]
    [InlineData("0xC0.0.2.7")]
    [InlineData("3221225991")]
    [InlineData("192.000.002.007")]
    [InlineData("fe80::1%1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("")]
    public void Constructor_AddressInAnotherForm_Throws(string address) =>
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Tls() with { TlsClientAuthSanIp = address }));

    [Theory]
    [InlineData("")]
    [InlineData("CN")]
    [InlineData("CN=a,")]
    [InlineData("nickname=a")]
    [InlineData("CN=a;O=b")]
    [InlineData("/CN=a/O=b")]
    public void Constructor_SubjectThatIsNoName_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, BySubject(name)));

    [Fact]
    public void Constructor_NoneOrTwoNames_Throws()
    {
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Tls()));
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, BySubject() with { TlsClientAuthSanDns = "ehr.clinic-a.example" }));
    }

    [Fact]
    public async Task AuthenticateAsync_SelfSigned_KeyThatWasRegisteredIsTheClient()
    {
        var certificate = Authority.Issue(Name, TestKey.Named("ehr-self", TestKeyKind.P256));
        Assert.Null(await CodeAsync(SelfSigned(certificate), certificate, trusted: false));

        // Another certificate of the key is the client too: that is how it renews.
        var renewed = Authority.Issue(TestName.Common("renewed"), TestKey.Named("ehr-self", TestKeyKind.P256));
        Assert.Null(await CodeAsync(SelfSigned(certificate), renewed, trusted: false));
        var foreign = Authority.Issue(Name, TestKey.Named("foreign", TestKeyKind.P256));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(SelfSigned(certificate), foreign));
    }

    [Fact]
    public async Task AuthenticateAsync_SelfSignedWithX5c_IsThatCertificateAlone()
    {
        var certificate = Authority.Issue(Name, TestKey.Named("ehr-self", TestKeyKind.P256));
        var renewed = Authority.Issue(Name, TestKey.Named("ehr-self", TestKeyKind.P256));
        Assert.Null(await CodeAsync(SelfSigned(certificate, x5c: certificate), certificate));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(SelfSigned(certificate, x5c: certificate), renewed));

        // A key that is not the certificate's own: neither stands for the other (RFC 7517 §4.7).
        var foreign = Authority.Issue(Name, TestKey.Named("foreign", TestKeyKind.P256));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(SelfSigned(certificate, x5c: foreign), foreign));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(SelfSigned(certificate, x5c: foreign), certificate));
    }

    [Fact]
    public async Task AuthenticateAsync_SelfSignedWithRsa_IsTheClient()
    {
        var certificate = Authority.Issue(Name, TestKey.Shared(TestKeyKind.Rsa2048));
        Assert.Null(await CodeAsync(SelfSigned(certificate), certificate));
    }

    [Fact]
    public async Task AuthenticateAsync_SelfSignedClientByNameAlone_IsRefused()
    {
        var other = Tls(ClientAuthenticationMethod.SelfSignedTlsClientAuth) with { Jwks = JsonWebKeySet.Empty };
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(other));
        Assert.Throws<ArgumentException>(() => new ClientRegistration(TenantId.Single, Tls(ClientAuthenticationMethod.SelfSignedTlsClientAuth)));
    }

    private static ClientMetadata SelfSigned(TestCertificate certificate, TestCertificate? x5c = null)
    {
        var key = PublicKey.FromSubjectPublicKeyInfo(certificate.Key.SubjectPublicKeyInfo).Value!;
        var document = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk("tls-1")).ToJson())!;
        if (x5c is not null)
        {
            document["keys"]![0]!["x5c"] = new JsonArray(Convert.ToBase64String(x5c.Der));
        }

        return Tls(ClientAuthenticationMethod.SelfSignedTlsClientAuth) with { Jwks = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(document.ToJsonString())).Value! };
    }
}
