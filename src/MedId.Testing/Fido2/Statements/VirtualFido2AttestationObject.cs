namespace MedId.Testing;

/// <summary>The attestation object (WebAuthn Level 3 §6.5.4), or what a fault makes of it.</summary>
internal static class VirtualFido2AttestationObject
{
    private const int Depth = 64;

    public static byte[] Write(string format, byte[] statement, byte[] authenticatorData, Fido2Fault fault)
    {
        var name = fault switch
        {
            Fido2Fault.UnknownFormat => "lab-unknown",
            Fido2Fault.FormatInCapitals => format.ToUpperInvariant(),
            _ => format,
        };
        var attested = fault switch
        {
            Fido2Fault.StatementNotMap => TestCbor.Integer(1),
            Fido2Fault.AttestationObjectDeep => Enumerable.Range(0, Depth).Aggregate(statement, (inner, _) => TestCbor.Array(inner)),
            _ => statement,
        };
        var pairs = new List<(byte[] Key, byte[] Value)>
        {
            (TestCbor.Text("fmt"), TestCbor.Text(name)),
            (TestCbor.Text("attStmt"), attested),
            (TestCbor.Text("authData"), TestCbor.Bytes(authenticatorData)),
        };
        switch (fault)
        {
            case Fido2Fault.AttestationObjectWithoutFormat:
                pairs.RemoveAt(0);
                break;
            case Fido2Fault.AttestationObjectWithoutStatement:
                pairs.RemoveAt(1);
                break;
            case Fido2Fault.AttestationObjectWithoutAuthenticatorData:
                pairs.RemoveAt(2);
                break;
            case Fido2Fault.AttestationObjectDuplicateKey:
                pairs.Add(pairs[0]);
                break;
            default:
                break;
        }

        return fault switch
        {
            Fido2Fault.AttestationObjectIndefinite => TestCbor.IndefiniteMap(pairs),
            Fido2Fault.AttestationObjectNotMap => TestCbor.Array([.. pairs.Select(pair => pair.Value)]),
            Fido2Fault.AttestationObjectTagged => TestCbor.Tagged(55799, TestCbor.Map(pairs)),
            Fido2Fault.AttestationObjectTrailingByte => [.. TestCbor.UnsortedMap(pairs), 0],
            Fido2Fault.AttestationObjectCutOff => TestCbor.UnsortedMap(pairs)[..^1],
            _ => TestCbor.UnsortedMap(pairs),
        };
    }
}
