using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>apple (WebAuthn Level 3 §8.8): the nonce stands in the credential key's certificate.</summary>
internal static class AppleStatement
{
    private const string NonceOid = "1.2.840.113635.100.8.2";

    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        var fault = attestation.Fault;
        var key = fault == Fido2Fault.AppleOtherKey ? TestKey.Create(attestation.Certifiable.Kind) : attestation.Certifiable;
        var nonce = SHA256.HashData(attestation.ToBeSigned);
        var path = attestation.Issuer.Issue(TestName.Of(("CN", "LAB credential"), ("OU", "AAA Certification"), ("O", "LAB")), key, fault, directly: false, builder =>
        {
            builder.With(TestExtensions.BasicConstraints(isCa: false));
            if (fault != Fido2Fault.AppleWithoutNonce)
            {
                builder.With(new(NonceOid, Critical: false, TestDer.Sequence(TestDer.Context(1, TestDer.OctetString(fault == Fido2Fault.AppleOtherNonce ? TestFaultBytes.FlipLast(nonce) : nonce)))));
            }
        });
        return fault == Fido2Fault.AppleWithoutPath ? TestCbor.TextMap() : attestation.Map(("x5c", attestation.Path(path)));
    }
}
