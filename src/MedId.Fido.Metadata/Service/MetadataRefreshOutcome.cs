namespace MedId.Fido.Metadata;

/// <summary>How a refresh ended.</summary>
public enum MetadataRefreshOutcome
{
    /// <summary>It failed; what was in use stays in use.</summary>
    Failed = 0,

    /// <summary>Nobody was asked: the BLOB in use is not due yet, or the last attempt was too short ago.</summary>
    NotDue,

    /// <summary>The service has nothing newer.</summary>
    NotModified,

    /// <summary>A newer BLOB is in use.</summary>
    Updated,
}
