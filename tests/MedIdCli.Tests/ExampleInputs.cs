using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;
using JpkiHierarchy = MedId.Testing.JpkiHierarchy;

namespace MedId.Cli.Tests;

/// <summary>Makes an input for each verb with the authority for tests: worlds in the shape of JPKI and HPKI, whose people and keys do not exist.</summary>
internal sealed class ExampleInputs
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("紹介状 (synthetic)");

    private readonly TestAuthority _root;
    private readonly TestAuthority _issuer;
    private readonly TestCertificate _leaf;
    private readonly JpkiWorld _jpki = JpkiWorld.Create("example");
    private readonly HpkiWorld _hpki = HpkiWorld.Create("example");

    public ExampleInputs()
    {
        _root = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB example root")));
        _issuer = _root.CreateSubordinate(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB example CA")));
        _leaf = _issuer.Issue(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB Taro Example")));
    }

    public async Task<IReadOnlyDictionary<string, JsonObject>> MakeAsync() => new Dictionary<string, JsonObject>(StringComparer.Ordinal)
    {
        ["fido2 verify-registration"] = Fido2Registration(),
        ["fido2 verify-authentication"] = Fido2Authentication(),
        ["u2f verify-registration"] = U2fRegistration(),
        ["u2f verify-authentication"] = U2fAuthentication(),
        ["pki validate"] = PkiValidate(),
        ["crl check"] = CrlCheck(),
        ["ocsp request"] = OcspRequest(),
        ["ocsp check"] = OcspCheck(),
        ["jpki inspect"] = New(("certificate", Binary(Jpki(signing: true).Der))),
        ["jpki verify"] = JpkiVerify(),
        ["jpki verify-signin"] = await JpkiSignInAsync(),
        ["hpki inspect"] = New(("certificate", Binary(_hpki.Issue().Der))),
        ["hpki verify"] = await HpkiVerifyAsync(),
        ["uaf verify-registration"] = UafExamples.Registration(),
        ["uaf verify-authentication"] = UafExamples.Authentication(),
        ["uaf verify-deregistration-request"] = UafExamples.Deregistration(),
        ["uaf inspect"] = UafExamples.Inspect(),
        ["cms verify"] = await CmsVerifyAsync(),
        ["xml verify"] = await XmlVerifyAsync(),
        ["consent inspect"] = ArtefactExamples.Inspect(),
        ["consent convert"] = ArtefactExamples.Convert(),
        ["consent verify"] = await ArtefactExamples.VerifyAsync(_leaf, _root.Certificate, _issuer.Certificate),
        ["consent check"] = ConsentExamples.Check(),
        ["scope parse"] = ScopeExamples.Parse(),
        ["scope covers"] = ScopeExamples.Covers(),
        ["scope decide"] = ScopeExamples.Decide(),
    };

    private static string Text(byte[] bytes) => StrictBase64Url.Encode(bytes);

    private static JsonNode Binary(byte[] bytes) => JsonValue.Create(Text(bytes));

    private static JsonArray Binaries(params IEnumerable<byte[]> all) => [.. all.Select(Binary)];

    private static JsonObject Require(string what) => new() { ["require"] = what };

    private static JsonObject New(params (string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject { ["id"] = "example", ["at"] = "2026-04-01T00:00:00Z" };
        foreach (var (name, value) in members)
        {
            json[name] = value;
        }

        return json;
    }

    private static JsonObject Fido2Options(string challenge) => new()
    {
        ["challenge"] = challenge,
        ["rp"] = new JsonObject { ["id"] = "op.example", ["name"] = "LAB" },
        ["rpId"] = "op.example",
        ["user"] = new JsonObject { ["id"] = Text(Encoding.ASCII.GetBytes("LAB patient 1")), ["name"] = "lab", ["displayName"] = "LAB" },
        ["pubKeyCredParams"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["alg"] = -7 }),
        ["authenticatorSelection"] = new JsonObject { ["residentKey"] = "required" },
        ["attestation"] = "direct",
    };

    private static JsonObject Fido2Registration()
    {
        var authenticator = new VirtualFido2Authenticator(time: new FixedClock(At));
        var challenge = Text(Encoding.ASCII.GetBytes("a challenge of an example, 32 o."));
        var response = authenticator.Create(Fido2Options(challenge).ToJsonString(), new("https://op.example"));
        return New(
            ("rpId", "op.example"),
            ("origins", new JsonArray("https://op.example")),
            ("challenge", challenge),
            ("userVerification", "required"),
            ("algorithms", new JsonArray(-7, -257)),
            ("trustAnchors", Binaries(authenticator.AttestationRoot.Der)),
            ("requireTrustedAttestation", true),
            ("knownCredentialIds", Binaries(new byte[16])),
            ("explain", true),
            ("response", JsonNode.Parse(response)));
    }

    private static JsonObject Fido2Authentication()
    {
        var authenticator = new VirtualFido2Authenticator(time: new FixedClock(At));
        var challenge = Text(Encoding.ASCII.GetBytes("another challenge of an example."));
        authenticator.Create(Fido2Options(challenge).ToJsonString(), new("https://op.example"));
        var credential = authenticator.Credentials[0];
        return New(
            ("rpId", "op.example"),
            ("origins", new JsonArray("https://op.example")),
            ("challenge", challenge),
            ("userVerification", "required"),
            ("credential", new JsonObject
            {
                ["id"] = credential.Id,
                ["publicKey"] = Text(credential.PublicKey.ToArray()),
                ["signCount"] = 0,
                ["userHandle"] = credential.UserHandle,
                ["backupEligible"] = false,
                ["backupState"] = false,
                ["uvInitialized"] = true,
            }),
            ("userIdentified", false),
            ("allowCredentials", new JsonArray(credential.Id)),
            ("counterPolicy", "refuse"),
            ("explain", true),
            ("response", JsonNode.Parse(authenticator.Get(Fido2Options(challenge).ToJsonString(), new("https://op.example")))));
    }

    private static JsonObject U2fRegistration()
    {
        var token = new VirtualU2fToken(time: new FixedClock(At));
        var challenge = Text(Encoding.ASCII.GetBytes("a challenge of an example, 32 o."));
        var made = token.Register("https://op.example", challenge, "https://op.example");
        return New(
            ("appId", "https://op.example"),
            ("facets", new JsonArray("https://op.example")),
            ("challenge", challenge),
            ("clientData", Binary(made.ClientData.ToArray())),
            ("registrationData", Binary(made.RegistrationData.ToArray())),
            ("trustAnchors", Binaries(token.AttestationRoot.Der)),
            ("requireTrustedAttestation", true));
    }

    private static JsonObject U2fAuthentication()
    {
        var token = new VirtualU2fToken(time: new FixedClock(At));
        var challenge = Text(Encoding.ASCII.GetBytes("another challenge of an example."));
        var made = token.Register("https://op.example", challenge, "https://op.example");
        var signed = token.Sign("https://op.example", challenge, "https://op.example", made.KeyHandle);
        return New(
            ("appId", "https://op.example"),
            ("facets", new JsonArray("https://op.example")),
            ("challenge", challenge),
            ("clientData", Binary(signed.ClientData.ToArray())),
            ("signatureData", Binary(signed.SignatureData.ToArray())),
            ("keyHandle", Binary(made.KeyHandle.ToArray())),
            ("credential", new JsonObject { ["keyHandle"] = Text(made.KeyHandle.ToArray()), ["publicKey"] = Text(made.RegistrationData.ToArray()[1..66]), ["counter"] = 0 }),
            ("requireUserPresence", true),
            ("counterPolicy", "refuse"));
    }

    private JsonObject PkiValidate() => New(
        ("certificate", Binary(_leaf.Der)),
        ("intermediates", Binaries(_issuer.Certificate.Der)),
        ("trustAnchors", Binaries(_root.Certificate.Der)),
        ("crls", Binaries(_root.CreateCrl(), _issuer.CreateCrl())),
        ("keyUsages", new JsonArray("digitalSignature")),
        ("revocation", new JsonObject { ["require"] = "chain", ["maxAgeSeconds"] = 604800 }),
        ("explain", true));

    private JsonObject CrlCheck() => New(
        ("crls", Binaries(_issuer.CreateCrl())),
        ("issuers", Binaries(_issuer.Certificate.Der)),
        ("trustAnchors", Binaries(_root.Certificate.Der)),
        ("certificate", Binary(_leaf.Der)));

    private JsonObject OcspRequest() => New(
        ("certificate", Binary(_leaf.Der)), ("issuer", Binary(_issuer.Certificate.Der)), ("hash", "sha256"), ("nonce", Text(Encoding.ASCII.GetBytes("a nonce of an example, 32 octets."))));

    private JsonObject OcspCheck()
    {
        var request = Pki.OcspRequest.Build(Parse(_leaf), Parse(_issuer.Certificate), DigestAlgorithm.Sha256, Encoding.ASCII.GetBytes("a nonce of an example, 32 octets."));
        return New(
            ("response", Binary(new TestOcspResponder(_issuer, TestOcspResponder.CreateDelegate(_issuer)).Respond(request.RawData.ToArray()))),
            ("certificate", Binary(_leaf.Der)),
            ("issuer", Binary(_issuer.Certificate.Der)),
            ("request", Binary(request.RawData.ToArray())),
            ("requireNonce", true));
    }

    private TestCertificate Jpki(bool signing) => signing ? _jpki.IssueSigning() : _jpki.IssueAuthentication();

    private JsonObject JpkiVerify()
    {
        var certificate = Jpki(signing: true);
        var signature = certificate.Key.Sign(Document);
        return New(
            ("certificate", Binary(certificate.Der)),
            ("trustAnchors", Binaries(_jpki.Production.Roots.Select(r => r.Der))),
            ("crls", Binaries(_jpki.Production.CreateCrl(_jpki.IssuerOf(certificate), JpkiPerson.Yamada))),
            ("use", "sign"),
            ("standing", "certified-verifier"),
            ("revocation", Require("leaf")),
            ("signature", new JsonObject { ["format"] = "pkcs1", ["hash"] = "sha256", ["data"] = Text(Document), ["value"] = Text(signature) }),
            ("form", new JsonObject { ["name"] = JpkiPerson.Yamada.Name, ["address"] = JpkiPerson.Yamada.Address }));
    }

    private async Task<JsonObject> JpkiSignInAsync()
    {
        var certificate = Jpki(signing: false);
        var random = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var challenge = JpkiSignInChallenge.Restore("https://clinic.example", random, At.AddMinutes(-1)).Value!;
        using var key = certificate.Key.ToSigningKey(SignatureAlgorithm.RS256);
        return New(
            ("challenge", Text(random)),
            ("audience", "https://clinic.example"),
            ("issuedAt", "2026-03-31T23:59:00Z"),
            ("signature", Binary(await key.SignAsync(challenge.ToBytes()))),
            ("certificate", Binary(certificate.Der)),
            ("trustAnchors", Binaries(_jpki.Production.Roots.Select(r => r.Der))),
            ("crls", Binaries(_jpki.Production.CreateCrl(_jpki.IssuerOf(certificate), JpkiPerson.Yamada))),
            ("standing", "certified-verifier"),
            ("revocation", Require("leaf")));
    }

    private async Task<JsonObject> HpkiVerifyAsync()
    {
        var certificate = _hpki.Issue();
        using var key = certificate.Key.ToSigningKey(SignatureAlgorithm.RS256);
        var signer = new CmsSigner(key, Parse(certificate), new FixedClock(At));
        return New(
            ("certificate", Binary(certificate.Der)),
            ("trustAnchors", Binaries(_hpki.Root.Certificate.Der)),
            ("intermediates", Binaries(_hpki.Intermediates.Select(i => i.Der))),
            ("crls", Binaries(_hpki.CreateCrls())),
            ("use", "sign"),
            ("revocation", Require("chain")),
            ("signature", new JsonObject { ["format"] = "cms", ["data"] = Text(Document), ["value"] = Text(await signer.SignAsync(Document)) }));
    }

    private async Task<JsonObject> CmsVerifyAsync()
    {
        using var key = _leaf.Key.ToSigningKey();
        var signer = new CmsSigner(key, Parse(_leaf), new FixedClock(At));
        return New(
            ("document", Binary(Document)),
            ("signature", Binary(await signer.SignAsync(Document))),
            ("trustAnchors", Binaries(_root.Certificate.Der)),
            ("intermediates", Binaries(_issuer.Certificate.Der)),
            ("crls", Binaries(_root.CreateCrl(), _issuer.CreateCrl())),
            ("revocation", Require("chain")));
    }

    private async Task<JsonObject> XmlVerifyAsync()
    {
        using var key = _leaf.Key.ToSigningKey(SignatureAlgorithm.ES256);
        var signed = await XmlSigner.SignAsync(
            Encoding.UTF8.GetBytes("<Referral xmlns=\"urn:example:referral\"><To>LAB Hospital</To></Referral>"),
            new XmlSigningRequest { Certificate = Parse(_leaf), SigningTime = At },
            key);
        return New(
            ("signature", Binary(signed.Value!)),
            ("trustAnchors", Binaries(_root.Certificate.Der)),
            ("intermediates", Binaries(_issuer.Certificate.Der)),
            ("crls", Binaries(_root.CreateCrl(), _issuer.CreateCrl())),
            ("revocation", Require("chain")));
    }

    private static Certificate Parse(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
