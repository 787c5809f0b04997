using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Fido2;

namespace MedId.Browser.Tests;

/// <summary>What a real browser makes of our options is accepted by our verifiers, for each kind of authenticator.</summary>
[Trait("Peer", "chromium")]
public class CeremonyTests
{
    // The AAGUID that Chromium's virtual authenticators have.
    private static readonly Guid VirtualModel = new("01020304-0506-0708-0102-030405060708");

    public static TheoryData<string, string, long, string, string, string> Profiles => new()
    {
        // name, authenticator, algorithm, user verification, attestation asked, format made
        { "platform ES256", """{"protocol":"ctap2","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true}""", -7, "required", "none", "none" },
        { "platform RS256", """{"protocol":"ctap2","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true}""", -257, "required", "direct", "packed" },
        { "platform EdDSA", """{"protocol":"ctap2","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true}""", -8, "required", "direct", "packed" },
        { "usb", """{"protocol":"ctap2","ctap2Version":"ctap2_1","transport":"usb","hasResidentKey":false,"hasUserVerification":true,"isUserVerified":true}""", -7, "preferred", "direct", "packed" },
        { "usb, user not verified", """{"protocol":"ctap2","transport":"usb","hasResidentKey":false,"hasUserVerification":false}""", -7, "discouraged", "indirect", "packed" },
        { "U2F", """{"protocol":"u2f","transport":"usb","hasUserVerification":false}""", -7, "discouraged", "direct", "fido-u2f" },
        { "backed up", """{"protocol":"ctap2","ctap2Version":"ctap2_1","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true,"defaultBackupEligibility":true,"defaultBackupState":true}""", -7, "required", "none", "none" },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task RegisterAndSignIn_VirtualAuthenticator_IsAccepted(string name, string authenticator, long algorithm, string verification, string attestation, string format)
    {
        await using var browser = await Chromium.StartAsync();
        await browser.DoAsync("open");
        await browser.AddAsync(JsonNode.Parse(authenticator)!.AsObject());
        var resident = authenticator.Contains("\"hasResidentKey\":true", StringComparison.Ordinal);
        var verified = authenticator.Contains("\"isUserVerified\":true", StringComparison.Ordinal);
        var userHandle = RandomNumberGenerator.GetBytes(16);
        var creation = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "localhost", Name = "LAB" },
            User = new() { Id = userHandle, Name = "lab", DisplayName = "LAB " + name },
            Challenge = RandomNumberGenerator.GetBytes(32),
            PubKeyCredParams = [new(algorithm)],
            AuthenticatorSelection = new() { UserVerification = verification, ResidentKey = resident ? "required" : "discouraged" },
            Attestation = attestation,
            Timeout = TimeSpan.FromSeconds(30),
            Extensions = new() { CredProps = true },
        };

        var (made, error) = await browser.RunAsync("create", creation.ToJson());
        Assert.Null(error);
        var registration = new RegistrationVerifier().Verify(
            new RegistrationExpectations
            {
                RpId = "localhost",
                Origins = [browser.Blank],
                Challenge = creation.Challenge,
                Now = TimeProvider.System.GetUtcNow(),
                UserVerification = verification == "required" ? UserVerificationRequirement.Required : UserVerificationRequirement.Preferred,
                Algorithms = [algorithm],
                UserHandle = userHandle,
            },
            made!);

        Assert.True(registration.Succeeded, registration.ToString() + made);
        var credential = registration.Evidence.Credential;
        Assert.Equal((format, algorithm, verified), (registration.Evidence.Statement.Format, credential.Algorithm, credential.UvInitialized));
        Assert.Equal(format == "fido-u2f" ? Guid.Empty : VirtualModel, credential.Aaguid);
        var backedUp = name == "backed up";
        Assert.Equal((backedUp, backedUp), (credential.BackupEligible, credential.BackupState));
        Assert.Equal(resident, registration.Evidence.ClientExtensions.ResidentKey);

        var request = new PublicKeyCredentialRequestOptions
        {
            Challenge = RandomNumberGenerator.GetBytes(32),
            RpId = "localhost",
            UserVerification = verification,
            AllowCredentials = resident ? null : [new(credential.Id) { Transports = credential.Transports }],
            Timeout = TimeSpan.FromSeconds(30),
        };
        var (signed, failure) = await browser.RunAsync("get", request.ToJson());
        Assert.Null(failure);
        var expected = new AuthenticationExpectations
        {
            RpId = "localhost",
            Origins = [browser.Blank],
            Challenge = request.Challenge,
            Now = TimeProvider.System.GetUtcNow(),
            UserVerification = verification == "required" ? UserVerificationRequirement.Required : UserVerificationRequirement.Preferred,
            Credential = credential,
            UserIdentified = !resident,
            Counter = CounterPolicy.Refuse,
        };
        var authentication = new AuthenticationVerifier().Verify(expected, signed!);

        Assert.True(authentication.Succeeded, authentication.ToString() + signed);
        Assert.Equal((CounterVerdict.Advanced, verified, backedUp), (authentication.Evidence.CounterVerdict, authentication.Evidence.UserVerified, authentication.Evidence.BackupState));

        // The same answer for another challenge, origin or key is none.
        Assert.Equal(Fido2ErrorCodes.ChallengeMismatch, Refused(expected with { Challenge = new byte[32] }, signed!));
        Assert.Equal(Fido2ErrorCodes.OriginUnexpected, Refused(expected with { Origins = ["http://localhost"] }, signed!));
        Assert.Equal(Fido2ErrorCodes.RpIdHashMismatch, Refused(expected with { RpId = "op.example" }, signed!));
        Assert.Equal(Fido2ErrorCodes.CounterNotAdvanced, Refused(expected with { Credential = authentication.Evidence.Update() }, signed!));
    }

    [Fact]
    public async Task Register_UserNotVerified_IsRefusedByTheBrowserWhereVerificationIsRequired()
    {
        await using var browser = await Chromium.StartAsync();
        await browser.DoAsync("open");
        await browser.AddAsync(new() { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = false });
        var creation = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "localhost", Name = "LAB" },
            User = new() { Id = new byte[16], Name = "lab", DisplayName = "LAB" },
            Challenge = new byte[32],
            AuthenticatorSelection = new() { UserVerification = "required" },
            Timeout = TimeSpan.FromSeconds(10),
        };

        Assert.Equal("NotAllowedError", (await browser.RunAsync("create", creation.ToJson())).Error);
    }

    [Fact]
    public async Task Register_ExcludedCredential_IsRefusedByTheBrowser()
    {
        await using var browser = await Chromium.StartAsync();
        await browser.DoAsync("open");
        await browser.AddAsync(new() { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true });
        var creation = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "localhost", Name = "LAB" },
            User = new() { Id = new byte[16], Name = "lab", DisplayName = "LAB" },
            Challenge = RandomNumberGenerator.GetBytes(32),
        };
        var (made, _) = await browser.RunAsync("create", creation.ToJson());
        var id = RegistrationResponse.Parse(made!).Value!.RawId;

        var (_, error) = await browser.RunAsync("create", (creation with { ExcludeCredentials = [new(id)] }).ToJson());

        Assert.Equal("InvalidStateError", error);
    }

    private static string? Refused(AuthenticationExpectations expected, string response) => new AuthenticationVerifier().Verify(expected, response).Error?.Code;
}
