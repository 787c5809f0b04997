using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>What is read at most. The numbers are ours: the standard names none.</summary>
internal static class MetadataLimits
{
    public const int StatementBytes = 1024 * 1024;

    public const int StatementDepth = 16;

    public const int BlobBytes = 64 * 1024 * 1024;

    public const int BlobDepth = 20;

    public const int Entries = 100_000;

    public const int ListItems = 1024;

    public const int Text = 4096;

    public const int LongText = 512 * 1024;

    public static MedIdError StatementTooLarge() =>
        new(MetadataErrorCodes.StatementMalformed, ErrorCategory.Malformed, MetadataSections.Statement, $"more than {StatementBytes} bytes");
}
