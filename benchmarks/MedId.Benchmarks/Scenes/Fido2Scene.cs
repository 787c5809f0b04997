using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido2;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>256 authenticators of one vendor: 1,024 registrations of distinct credentials with distinct certificates, and 1,024 answers of 256 credentials to distinct challenges. All synthetic.</summary>
internal sealed class Fido2Scene
{
    private const string RpId = "clinic.example";
    private const string Origin = "https://clinic.example";

    private readonly TestAuthority _root = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB FIDO attestation root")), new() { Now = StillTime.Now });
    private readonly VirtualFido2Authenticator[] _devices;
    private readonly VirtualFido2Client _client = new(Origin);
    private readonly TrustAnchor _anchor;

    public Fido2Scene()
    {
        _anchor = TrustAnchor.FromCertificate(Right.Accepted(Certificate.Parse(_root.Certificate.Der)));
        _devices = [.. Enumerable.Range(0, Rotation.Keys).Select(_ => new VirtualFido2Authenticator(new() { Algorithms = [-7], AttestationRoot = _root }, StillTime.Clock))];
        Registrations = [.. Enumerable.Range(0, Rotation.Inputs).Select(Register)];
        var verifier = new RegistrationVerifier();
        Records = [.. Registrations.Take(Rotation.Keys).Select(input => verifier.Verify(input.Expected, input.Response).Evidence!.Credential)];
        SignIns = [.. Enumerable.Range(0, Rotation.Inputs).Select(Authenticate)];
    }

    /// <summary>Registrations with a certificate, its issuer and a root that is trusted.</summary>
    public (RegistrationExpectations Expected, byte[] Response)[] Registrations { get; }

    public (AuthenticationExpectations Expected, byte[] Response)[] SignIns { get; }

    public CredentialRecord[] Records { get; }

    /// <summary>The registrations as the peer takes them.</summary>
    public IEnumerable<string> PeerRegistrations => Registrations.Select(input => PeerLine("registration", input.Expected.Challenge, input.Response, new()
    {
        ["roots"] = new JsonArray(_root.Certificate.Pem + "\n"),
    }));

    /// <summary>The answers as the peer takes them.</summary>
    public IEnumerable<string> PeerSignIns => SignIns.Select(input => PeerLine("authentication", input.Expected.Challenge, input.Response, new()
    {
        ["credential"] = new JsonObject
        {
            ["id"] = StrictBase64Url.Encode(input.Expected.Credential.Id.Span),
            ["publicKey"] = StrictBase64Url.Encode(input.Expected.Credential.PublicKey.Span),
            ["counter"] = input.Expected.Credential.SignCount,
        },
    }));

    /// <summary>The signatures of the answers for the platform alone.</summary>
    public BareP256 BareSignIn() => new(
        [.. Records.Select(record => Handle(record.PublicKey.Span))], [.. SignIns.Select(input => Signed(input.Response))], DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>What a registration cannot do without: the import of two keys that were never seen, and three signatures: statement, certificate, its issuer.</summary>
    public BareRegistration BareRegister() => new(Registrations.Select(input => Parts(input.Response)));

    private static string PeerLine(string kind, ReadOnlyMemory<byte> challenge, byte[] response, JsonObject line)
    {
        line["kind"] = kind;
        line["rpId"] = RpId;
        line["origin"] = Origin;
        line["challenge"] = StrictBase64Url.Encode(challenge.Span);
        line["response"] = JsonNode.Parse(response);
        return line.ToJsonString();
    }

    private static ECDsa Handle(ReadOnlySpan<byte> coseKey) => BareP256.PublicHandle(Right.Accepted(CoseKey.Read(coseKey, out _)).Key.ExportSubjectPublicKeyInfo());

    private static (byte[] Data, byte[] Signature) Signed(byte[] json)
    {
        var response = Right.Accepted(AuthenticationResponse.Parse(json));
        return ([.. response.AuthenticatorData.Span, .. SHA256.HashData(response.ClientDataJson.Span)], response.Signature.ToArray());
    }

    private BareRegistration.Parts Parts(byte[] json)
    {
        var response = Right.Accepted(RegistrationResponse.Parse(json));
        var attestation = Right.Accepted(AttestationObject.Parse(response.AttestationObject));
        var (signature, path) = Statement(attestation.Statement.Span);
        return new(
            attestation.AuthenticatorData.AttestedCredential!.Key.Key.ExportSubjectPublicKeyInfo(),
            path[0].SubjectPublicKeyInfo.ToArray(),
            ([.. attestation.AuthenticatorData.Bytes.Span, .. SHA256.HashData(response.ClientDataJson.Span)], signature),
            [
                (BareP256.PublicHandle(path[1].SubjectPublicKeyInfo.ToArray()), path[0].TbsCertificate.ToArray(), path[0].Signature.ToArray()),
                (BareP256.PublicHandle(_anchor.Certificate!.SubjectPublicKeyInfo.ToArray()), path[1].TbsCertificate.ToArray(), path[1].Signature.ToArray()),
            ]);
    }

    private static (byte[] Signature, Certificate[] Path) Statement(ReadOnlySpan<byte> statement)
    {
        byte[] signature = [];
        var path = new List<Certificate>();
        CborReader.TryOpenWhole(statement, CborRules.Tolerant, out var reader, out _);
        Right.Is(reader.TryReadMap(out var members), "the statement is a map");
        while (!members.AtEnd && members.TryReadText(out var name))
        {
            if (name == "sig" && members.TryReadBytes(out var bytes))
            {
                signature = bytes.ToArray();
            }
            else if (name == "x5c" && members.TryReadArray(out var items))
            {
                while (items.TryReadBytes(out var der))
                {
                    path.Add(Right.Accepted(Certificate.Parse(der.ToArray())));
                }
            }
            else
            {
                members.TrySkip();
            }
        }

        return (signature, [.. path]);
    }

    private (RegistrationExpectations Expected, byte[] Response) Register(int index)
    {
        var options = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = RpId, Name = "LAB clinic" },
            User = new() { Id = RandomNumberGenerator.GetBytes(16), Name = $"account-{index}", DisplayName = "synthetic" },
            Challenge = RandomNumberGenerator.GetBytes(32),
            PubKeyCredParams = [new(-7)],
            AuthenticatorSelection = new() { UserVerification = "required" },
            Attestation = "direct",
        };
        var expected = CeremonyState.ForRegistration(options, [Origin], null, StillTime.Now).ToRegistrationExpectations(StillTime.Now) with
        {
            Attestation = new() { Anchors = [_anchor] },
            IsRegistered = static _ => false,
        };
        return (expected, Encoding.UTF8.GetBytes(_devices[index % Rotation.Keys].Create(options.ToJson(), _client)));
    }

    private (AuthenticationExpectations Expected, byte[] Response) Authenticate(int index)
    {
        var record = Records[index % Rotation.Keys];
        var options = new PublicKeyCredentialRequestOptions
        {
            Challenge = RandomNumberGenerator.GetBytes(32),
            RpId = RpId,
            AllowCredentials = [new(record.Id)],
            UserVerification = "required",
        };
        var expected = CeremonyState.ForAuthentication(options, [Origin], "synthetic", StillTime.Now).ToAuthenticationExpectations(record, StillTime.Now);
        return (expected, Encoding.UTF8.GetBytes(_devices[index % Rotation.Keys].Get(options.ToJson(), _client)));
    }
}
