using System.Buffers.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido2;
using MedId.Pki;

namespace MedId.Testing.Tests;

/// <summary>One authenticator before one strict relying party: trust is demanded under the authenticator's own root, user verification too, and counters have to advance.</summary>
internal sealed class LabCeremony
{
    public const string AppId = "https://op.example/app-id.json";

    private static readonly PublicKeyCache Keys = new();

    private readonly string _userHandle = RelyingParty.Challenge();

    public LabCeremony(VirtualFido2Options? options = null)
    {
        Authenticator = new(options);
        Rules = new()
        {
            Anchors = [TrustAnchor.FromCertificate(Certificate.Parse(Authenticator.AttestationRoot.Der).Value!)],
            AcceptNone = true,
            AcceptSelf = true,
        };
    }

    public VirtualFido2Authenticator Authenticator { get; }

    public AttestationTrustPolicy Rules { get; set; }

    public VirtualFido2Client Client { get; set; } = RelyingParty.Client;

    public JsonObject? Extensions { get; set; }

    public int Algorithm { get; set; } = -7;

    public string Attestation { get; set; } = "direct";

    public Func<RegistrationExpectations, RegistrationExpectations> Registration { get; set; } = expectations => expectations;

    public Func<AuthenticationExpectations, AuthenticationExpectations> Authentication { get; set; } = expectations => expectations;

    public RegistrationVerification Register(Fido2Fault fault = Fido2Fault.None)
    {
        var challenge = RelyingParty.Challenge();
        var answer = Authenticator.Create(RelyingParty.Creation(challenge, Attestation, _userHandle, Extensions?.DeepClone().AsObject(), Algorithm).ToJsonString(), Client, fault);
        var expectations = new RegistrationExpectations
        {
            RpId = RelyingParty.RpId,
            Origins = [Client.Origin],
            Challenge = Base64Url.DecodeFromChars(challenge),
            Now = TimeProvider.System.GetUtcNow(),
            Algorithms = [Algorithm],
            Attestation = Rules,
            UserHandle = Base64Url.DecodeFromChars(_userHandle),
        };
        return new RegistrationVerifier(Keys).Verify(Registration(expectations), answer);
    }

    public CredentialRecord Registered()
    {
        var result = Register();
        Assert.True(result.Succeeded, result.ToString());
        return result.Evidence.Credential;
    }

    public AuthenticationVerification SignIn(CredentialRecord credential, Fido2Fault fault = Fido2Fault.None)
    {
        var challenge = RelyingParty.Challenge();
        var answer = Authenticator.Get(RelyingParty.Request(challenge, Extensions?.DeepClone().AsObject(), Base64Url.EncodeToString(credential.Id.Span)).ToJsonString(), Client, fault);
        var expectations = new AuthenticationExpectations
        {
            RpId = RelyingParty.RpId,
            Origins = [Client.Origin],
            Challenge = Base64Url.DecodeFromChars(challenge),
            Now = TimeProvider.System.GetUtcNow(),
            Credential = credential,
            UserIdentified = false,
            AllowCredentials = [credential.Id],
            Counter = CounterPolicy.Refuse,
        };
        return new AuthenticationVerifier(Keys).Verify(Authentication(expectations), answer);
    }
}
