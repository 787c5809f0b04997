namespace MedId.Testing;

/// <summary>compound (WebAuthn Level 3 §8.9): a list of whole statements.</summary>
internal static class CompoundStatement
{
    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        var fault = attestation.Fault;
        var formats = fault == Fido2Fault.CompoundOfOne ? attestation.Options.CompoundFormats.Take(1).ToList() : [.. attestation.Options.CompoundFormats];
        var parts = formats.Select((format, index) => Part(attestation, format, index == formats.Count - 1)).ToList();
        if (fault == Fido2Fault.CompoundNested)
        {
            parts[^1] = TestCbor.TextMap(("fmt", TestCbor.Text("compound")), ("attStmt", TestCbor.Array(parts)));
        }

        return fault == Fido2Fault.CompoundNotList ? TestCbor.TextMap() : TestCbor.Array(parts);
    }

    private static byte[] Part(VirtualFido2Attestation attestation, VirtualFido2Format format, bool isLast)
    {
        var part = attestation with { Fault = attestation.Fault == Fido2Fault.CompoundPartBroken && isLast ? Fido2Fault.AttestationTamperedSignature : Fido2Fault.None };
        var name = attestation.Fault == Fido2Fault.CompoundPartUnknown && isLast ? "lab-unknown" : VirtualFido2Attestation.Name(format);
        var statement = ("attStmt", part.Statement(format));
        return attestation.Fault == Fido2Fault.CompoundPartWithoutFormat && isLast ? TestCbor.TextMap(statement) : TestCbor.TextMap(("fmt", TestCbor.Text(name)), statement);
    }
}
