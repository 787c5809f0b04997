namespace MedId.Consent;

/// <summary>A side reports a transfer to the manager, for the log.</summary>
public sealed record TransferReported : CollectorMessage
{
    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The transfer.</summary>
    public required string TransactionId { get; init; }

    /// <summary>Whether data went.</summary>
    public required bool IsSent { get; init; }

    /// <summary>The code of the refusal; null when data went.</summary>
    public string? Code { get; init; }
}
