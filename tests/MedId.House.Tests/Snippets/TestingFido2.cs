using System.Security.Cryptography;
using MedId.Fido2;
using MedId.Pki;
using MedId.Testing;

namespace MedId.House.Tests.Snippets;

internal static class TestingFido2
{
    public static RegistrationVerification Register()
    {
        #region Testing_Fido2
        var device = new VirtualFido2Authenticator(new() { Format = VirtualFido2Format.Tpm, BackupEligible = true });
        var page = new VirtualFido2Client("https://op.example");
        var options = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "op.example", Name = "LAB OP" },
            User = new() { Id = RandomNumberGenerator.GetBytes(16), Name = "lab", DisplayName = "LAB patient" },
            Challenge = RandomNumberGenerator.GetBytes(32),
            Attestation = "direct",
        };
        string answer = device.Create(options.ToJson(), page);
        string forged = device.Create(options.ToJson(), page, Fido2Fault.TpmOtherExtraData);

        var expected = new RegistrationExpectations
        {
            RpId = "op.example",
            Origins = ["https://op.example"],
            Challenge = options.Challenge,
            Now = TimeProvider.System.GetUtcNow(),
            Attestation = new() { Anchors = [TrustAnchor.FromCertificate(Certificate.Parse(device.AttestationRoot.Der).Value!)] },
        };
        var accepted = new RegistrationVerifier().Verify(expected, answer);
        var refused = new RegistrationVerifier().Verify(expected, forged);
        string? code = TestFaultCodes.CodeOf(Fido2Fault.TpmOtherExtraData, VirtualFido2Format.Tpm);      // fido2.attestation_tpm_extra_data, which refused.Error has
        #endregion
        return code == refused.Error?.Code ? accepted : throw new InvalidOperationException();
    }
}
