using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>What the service answered.</summary>
internal sealed record MetadataAnswer(ReadOnlyMemory<byte> Content, string? EntityTag, bool IsNotModified, MedIdError? Error)
{
    public static MetadataAnswer Failed(string code, string detail) => new(default, null, false, new(code, ErrorCategory.State, MetadataSections.Processing, detail));
}
