namespace MedId.Testing;

/// <summary>fido-u2f (WebAuthn Level 3 §8.6).</summary>
internal static class FidoU2fStatement
{
    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        if (attestation.Key.Algorithm != -7)
        {
            throw new ArgumentException("A U2F key is on P-256.", nameof(attestation));
        }

        var fault = attestation.Fault;
        var key = TestKey.Create(fault == Fido2Fault.U2fLeafOtherCurve ? TestKeyKind.P384 : TestKeyKind.P256);
        var path = attestation.Issuer.Issue(TestName.Common("LAB U2F authenticator"), key, fault, directly: true, builder => builder
            .With(TestExtensions.BasicConstraints(isCa: false))
            .With(new("1.3.6.1.4.1.45724.2.1.1", Critical: false, TestDer.NamedBits(2))));
        var id = attestation.Credential.IdBytes;
        byte[] signed =
        [
            0,
            .. attestation.RpIdHash,
            .. attestation.SignedClientDataHash,
            .. fault == Fido2Fault.U2fOtherCredentialId ? TestFaultBytes.FlipLast(id) : id,
            0x04,
            .. attestation.Key.Parameter(-2),
            .. attestation.Key.Parameter(-3),
        ];
        return attestation.Map(
            ("sig", attestation.SignWith(key, signed, TestSignatureAlgorithm.EcdsaSha256)),
            ("x5c", attestation.Path(fault == Fido2Fault.U2fTwoCertificates ? [.. path, attestation.Issuer.Root.Certificate.Der] : path)));
    }
}
