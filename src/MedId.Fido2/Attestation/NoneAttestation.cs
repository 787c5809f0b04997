using MedId.Core;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.7.</summary>
internal static class NoneAttestation
{
    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Syntax: attStmt is the empty map.
        var read = AttestationStatement.Read(statement, AttestationSections.None);
        return !read.Succeeded ? read.Error
            : read.Value.Count != 0 ? AttestationStatement.Malformed(AttestationSections.None, "attStmt is not empty")
            : new AttestationStatementEvidence { Format = AttestationFormats.None, Type = AttestationType.None, Aaguid = input.Credential.Aaguid };
    }
}
