namespace MedId.Testing;

/// <summary>android-key (WebAuthn Level 3 §8.4) with Android's key description.</summary>
internal static class AndroidKeyStatement
{
    private const string DescriptionOid = "1.3.6.1.4.1.11129.2.1.17";
    private const int Purpose = 1;
    private const int AllApplications = 600;
    private const int Origin = 702;

    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        var key = attestation.Fault == Fido2Fault.AndroidKeyOtherKey ? TestKey.Create(attestation.Certifiable.Kind) : attestation.Certifiable;
        var path = attestation.Issuer.Issue(TestName.Common("Android Keystore Key"), key, attestation.Fault, directly: false, builder =>
        {
            if (attestation.Fault != Fido2Fault.AndroidKeyWithoutDescription)
            {
                builder.With(new(DescriptionOid, Critical: false, Description(attestation)));
            }
        });

        // Devices send the whole path, the root too.
        return attestation.Map(
            ("alg", attestation.Algorithm(VirtualFido2Attestation.CoseAlgorithm(key))),
            ("sig", attestation.SignWith(key, attestation.ToBeSigned)),
            ("x5c", attestation.Path([.. path, attestation.Issuer.Root.Certificate.Der])));
    }

    private static byte[] Description(VirtualFido2Attestation attestation)
    {
        var (fault, trusted) = (attestation.Fault, attestation.Options.AndroidTrustedEnvironment);
        if (fault == Fido2Fault.AndroidKeyGarbageDescription)
        {
            return [0x30, 0x05, 0x02];
        }

        var properties = new List<byte[]>();
        if (fault != Fido2Fault.AndroidKeyWithoutPurpose)
        {
            // KM_PURPOSE_ENCRYPT 0, KM_PURPOSE_SIGN 2.
            properties.Add(Tagged(Purpose, TestDer.Set(TestDer.Integer(fault == Fido2Fault.AndroidKeyOtherPurpose ? 0 : 2))));
        }

        properties.Add(Tagged(2, TestDer.Integer(attestation.Certifiable.IsRsa ? 1 : 3)));
        properties.Add(Tagged(503, TestDer.Null));
        if (fault == Fido2Fault.AndroidKeyAllApplicationsTrusted)
        {
            properties.Add(Tagged(AllApplications, TestDer.Null));
        }

        if (fault != Fido2Fault.AndroidKeyWithoutOrigin)
        {
            // KM_ORIGIN_GENERATED 0, KM_ORIGIN_IMPORTED 2.
            properties.Add(Tagged(Origin, TestDer.Integer(fault == Fido2Fault.AndroidKeyImported ? 2 : 0)));
        }

        var software = new List<byte[]>(trusted ? [] : properties);
        if (fault == Fido2Fault.AndroidKeyAllApplications)
        {
            software.Insert(trusted ? 0 : software.Count - 1, Tagged(AllApplications, TestDer.Null));
        }

        var level = TestDer.Enumerated(trusted ? 1 : 0);
        return TestDer.Sequence(
            TestDer.Integer(3),
            level,
            TestDer.Integer(4),
            level,
            TestDer.OctetString(fault == Fido2Fault.AndroidKeyOtherChallenge ? TestFaultBytes.FlipLast(attestation.ClientDataHash) : attestation.ClientDataHash),
            TestDer.OctetString([]),
            TestDer.Sequence([.. software]),
            TestDer.Sequence([.. trusted ? properties : []]));
    }

    /// <summary>A context tag of any number, EXPLICIT (X.690 §8.1.2.4).</summary>
    private static byte[] Tagged(int number, byte[] content)
    {
        if (number < 31)
        {
            return TestDer.Context(number, content);
        }

        byte[] tag = [0xBF, (byte)(0x80 | (number >> 7)), (byte)(number & 0x7F)];
        return [.. tag, .. TestDer.Tlv(0x30, content)[1..]];
    }
}
