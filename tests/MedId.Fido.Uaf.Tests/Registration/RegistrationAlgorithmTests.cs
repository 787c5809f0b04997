using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Algorithms and keys that are refused by name, and what a registration says of risk.</summary>
public sealed class RegistrationAlgorithmTests
{
    [Theory]
    [InlineData(FidoAlgorithm.Sm2Sm3Raw)]
    [InlineData(FidoAlgorithm.RsaPkcs1V15Sha1Raw)]
    [InlineData((FidoAlgorithm)0x7777)]
    public void Verify_AlgorithmThatNobodyTakes_IsRefusedByName(FidoAlgorithm algorithm)
    {
        // The model names it, and the assertion states it.
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AuthenticationAlgorithms = [algorithm] }]);
        var request = ceremony.RegistrationRequest();
        var parsed = RegistrationResponse.Parse(ceremony.Authenticator.Register(request.Json, Ceremony.Facet)).Value!;
        var assertion = parsed.Assertions[0].Content.ToArray();

        // TAG_ASSERTION_INFO, its length, version and mode stand before the algorithm.
        var at = assertion.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x0E, 0x2E, 0x07, 0x00]) + 7;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(assertion.AsSpan(at), (ushort)algorithm);
        Ceremony.Refused(
            UafErrorCodes.AlgorithmUnsupported,
            new UafRegistrationVerifier().Verify(ceremony.Expect(request), parsed with { Assertions = [parsed.Assertions[0] with { Content = assertion }] }));
    }

    [Fact]
    public void Verify_CoseKeyOfAnotherAlgorithm_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.EcdsaP256Sha256Raw, KeyFormat = FidoKeyFormat.Cose });
        var request = ceremony.RegistrationRequest();
        var parsed = RegistrationResponse.Parse(ceremony.Authenticator.Register(request.Json, Ceremony.Facet)).Value!;
        foreach (byte algorithm in (byte[])[0x26, 0x28, 0x27])
        {
            // 1: 2, 3: alg: -7 is ES256; -9 is ESP256, the same; -8 is EdDSA.
            var assertion = parsed.Assertions[0].Content.ToArray();
            var at = assertion.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xA5, 0x01, 0x02, 0x03, 0x26]) + 4;
            assertion[at] = algorithm;
            var result = new UafRegistrationVerifier().Verify(ceremony.Expect(request), parsed with { Assertions = [parsed.Assertions[0] with { Content = assertion }] });
            Assert.Equal(
                algorithm switch { 0x26 => null, 0x28 => UafErrorCodes.AttestationSignatureInvalid, _ => UafErrorCodes.PublicKeyInvalid },
                result.Error?.Code);
        }
    }

    [Fact]
    public void Verify_OldFirmware_IsNotedWhereItIsAccepted()
    {
        var ceremony = new Ceremony();
        var request = ceremony.RegistrationRequest();
        var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet, UafFault.OldFirmware);
        var outcome = new UafRegistrationVerifier().Examine(ceremony.Expect(request) with { AcceptOutdatedFirmware = true }, response);
        Assert.True(outcome.Succeeded);
        Assert.Equal(UafRisks.OutdatedFirmware, outcome.Risks);
        Assert.Equal(0, outcome.Registrations[0].AuthenticatorVersion);
    }

    [Fact]
    public void Verify_ModelWithAnUpdateOrWithoutAttestation_SaysSo()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate });
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement], updates: [ceremony.Statement.Aaid]);
        var request = ceremony.RegistrationRequest();
        var outcome = new UafRegistrationVerifier().Examine(ceremony.Expect(request), ceremony.Authenticator.Register(request.Json, Ceremony.Facet));
        Assert.Equal(UafRisks.UpdateAvailable | UafRisks.Unattested, outcome.Risks);
        var evidence = Ceremony.Accepted(ceremony.Authenticate(outcome.Registrations[0]));
        Assert.Equal(UafRisks.UpdateAvailable | UafRisks.Unattested, evidence.Risks);
    }
}
