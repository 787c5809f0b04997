using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.9.</summary>
internal static class CompoundAttestation
{
    private const string Section = AttestationSections.Compound;
    private const int MaxMembers = 8;

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Syntax: an array of two statements or more, none of them compound.
        var read = ReadMembers(statement);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        // Step 1: each by its own procedure, over the same authenticator data and hash.
        List<AttestationStatementEvidence> verified = [];
        List<MedIdError> refused = [];
        foreach (var (format, member) in read.Value)
        {
            var result = AttestationVerifier.VerifyStatement(input, format, member);
            if (result.Succeeded)
            {
                verified.Add(result.Value);
            }
            else
            {
                refused.Add(result.Error);
            }
        }

        // Step 2: as many as policy asks for.
        var minimum = input.Rules.Policy.CompoundMinimum ?? read.Value.Count;
        return verified.Count < minimum
            ? new MedIdError(
                Fido2ErrorCodes.AttestationCompoundTooFew,
                ErrorCategory.Untrusted,
                Section,
                $"{verified.Count} of {read.Value.Count} verify; the others: {string.Join(' ', refused.Select(error => error.Code))}")
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.Compound,
                Type = verified.Max(evidence => evidence.Type),
                Aaguid = input.Credential.Aaguid,
                Members = verified,
                RefusedMembers = refused,
                UsedWeakAlgorithm = verified.Exists(evidence => evidence.UsedWeakAlgorithm),
            };
    }

    private static MedIdResult<List<(string Format, ReadOnlyMemory<byte> Statement)>> ReadMembers(ReadOnlyMemory<byte> statement)
    {
        if (!CborReader.TryOpenWhole(statement.Span, CborRules.Tolerant, out var reader, out var error))
        {
            return error;
        }

        if (!reader.TryReadArray(out var items))
        {
            return AttestationStatement.Malformed(Section, "attStmt is not an array");
        }

        List<(string, ReadOnlyMemory<byte>)> members = [];
        while (!items.AtEnd)
        {
            if (members.Count == MaxMembers || !TryReadMember(ref items, statement, out var format, out var member)
                || string.Equals(format, AttestationFormats.Compound, StringComparison.Ordinal))
            {
                return AttestationStatement.Malformed(Section, $"a member is not fmt and attStmt, is compound itself, or there are more than {MaxMembers}");
            }

            members.Add((format, member));
        }

        return members.Count >= 2 ? members : AttestationStatement.Malformed(Section, "fewer than two statements");
    }

    private static bool TryReadMember(ref CborReader items, ReadOnlyMemory<byte> whole, out string format, out ReadOnlyMemory<byte> statement)
    {
        (format, statement) = (string.Empty, default);
        if (!items.TryReadMap(out var entries))
        {
            return false;
        }

        string? named = null;
        ReadOnlyMemory<byte>? member = null;
        while (!entries.AtEnd)
        {
            var understood = entries.TryReadText(out var name) && name switch
            {
                "fmt" => entries.TryReadText(out named),
                "attStmt" => AttestationCbor.TryTakeEncoded(ref entries, whole, out member),
                _ => entries.TrySkip(),
            };
            if (!understood)
            {
                return false;
            }
        }

        (format, statement) = (named ?? string.Empty, member.GetValueOrDefault());
        return named is not null && member is not null;
    }
}
