namespace MedId.Fido.Metadata;

/// <summary>Codes of refusals by this package.</summary>
public static class MetadataErrorCodes
{
    /// <summary>A metadata statement does not have its form.</summary>
    public const string StatementMalformed = "metadata.statement_malformed";
}
