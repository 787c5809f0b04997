using System.Formats.Asn1;

namespace MedId.Testing;

/// <summary>packed (WebAuthn Level 3 §8.2).</summary>
internal static class PackedStatement
{
    private const string AaguidOid = "1.3.6.1.4.1.45724.1.1.4";
    private const string SerialNumberOid = "1.3.6.1.4.1.45724.1.1.2";

    public static byte[] Self(VirtualFido2Attestation attestation)
    {
        var algorithm = attestation.Key.Algorithm;
        var signer = attestation.Fault == Fido2Fault.AttestationForeignKey ? VirtualFido2Key.Create(algorithm) : attestation.Key;
        return attestation.Map(
            ("alg", attestation.Algorithm(attestation.Fault != Fido2Fault.PackedSelfOtherAlgorithm ? algorithm : algorithm == -257 ? -7 : -257)),
            ("sig", attestation.Signature(signer.Sign(attestation.ToBeSigned))));
    }

    public static byte[] Full(VirtualFido2Attestation attestation)
    {
        var key = attestation.Issuer.AttestationKey;
        var members = new List<(string, byte[])>
        {
            ("alg", attestation.Algorithm(VirtualFido2Attestation.CoseAlgorithm(key))),
            ("sig", attestation.SignWith(key, attestation.ToBeSigned)),
        };
        members.Add(attestation.Fault == Fido2Fault.PackedEcdaa ? ("ecdaaKeyId", TestCbor.Bytes(new byte[8])) : ("x5c", attestation.Path(Path(attestation, key))));
        return attestation.Map(members);
    }

    /// <summary>The extension that holds the AAGUID, wrapped twice (§8.2.1).</summary>
    public static TestExtension Aaguid(Guid aaguid, bool critical = false, bool wrapped = true) =>
        new(AaguidOid, critical, wrapped ? TestDer.OctetString(aaguid.ToByteArray(bigEndian: true)) : aaguid.ToByteArray(bigEndian: true));

    private static IReadOnlyList<byte[]> Path(VirtualFido2Attestation attestation, TestKey key) => attestation.Issuer.Issue(Subject(attestation.Fault), key, attestation.Fault, directly: false, builder =>
    {
        var fault = attestation.Fault;
        builder.With(TestExtensions.BasicConstraints(isCa: fault == Fido2Fault.PackedLeafIsAuthority));
        if (attestation.Options.AaguidInCertificate)
        {
            builder.With(Aaguid(
                fault == Fido2Fault.PackedLeafOtherAaguid ? new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) : attestation.Aaguid,
                critical: fault == Fido2Fault.PackedLeafAaguidCritical,
                wrapped: fault != Fido2Fault.PackedLeafAaguidNotWrapped));
        }

        if (attestation.IsEnterprise)
        {
            builder.With(new(SerialNumberOid, Critical: false, TestDer.OctetString("LAB-0001"u8.ToArray())));
        }

        if (fault == Fido2Fault.PackedLeafWithoutBasicConstraints)
        {
            builder.Without("2.5.29.19");
        }

        if (fault == Fido2Fault.PackedLeafVersion1)
        {
            builder.Version = 1;
            builder.Extensions.Clear();
        }
    });

    private static TestName Subject(Fido2Fault fault)
    {
        var name = TestName.Empty;
        if (fault != Fido2Fault.PackedLeafWithoutCountry)
        {
            name = name.With("C", fault == Fido2Fault.PackedLeafCountryNotCode ? "Japan" : "JP", UniversalTagNumber.PrintableString);
        }

        if (fault != Fido2Fault.PackedLeafWithoutOrganisation)
        {
            name = name.With("O", "LAB");
        }

        name = name.With("OU", fault == Fido2Fault.PackedLeafOtherUnit ? "Authenticator attestation" : "Authenticator Attestation");
        return fault == Fido2Fault.PackedLeafWithoutName ? name : name.With("CN", "LAB authenticator");
    }
}
