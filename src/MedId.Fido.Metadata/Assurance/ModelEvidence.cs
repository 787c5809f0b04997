using System.Diagnostics.CodeAnalysis;

namespace MedId.Fido.Metadata;

/// <summary>What may be taken from a model's metadata: what it says of itself, and what it says with proof.</summary>
internal readonly record struct ModelEvidence(MetadataStatement? Claimed, MetadataStatement? Proved, string Reason)
{
    [MemberNotNullWhen(true, nameof(Proved))]
    public bool IsProved => Proved is not null;

    public static ModelEvidence Of(FidoUse use)
    {
        var statement = use.Metadata is { Problem: null } entry ? entry.Statement : null;
        return statement is null ? new(null, null, "no metadata of the model are known")
            : !use.AttestationTrusted ? new(statement, null, "no trusted attestation proves the model")
            : use.Status is not { } status ? new(statement, null, "the model's status was not asked for")
            : !status.IsAccepted ? new(statement, null, $"the model's status is not accepted ({status.Error.Code})")
            : new(statement, statement, "proved");
    }
}
