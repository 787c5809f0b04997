using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>Statements on the wire.</summary>
internal static class StatementReader
{
    public static MedIdResult<MetadataStatement> Parse(ReadOnlyMemory<byte> utf8) =>
        new MedIdError(MetadataErrorCodes.StatementMalformed, ErrorCategory.Unsupported, MetadataSections.Statement, $"{utf8.Length}");
}
