namespace MedId.Ciba.Client;

/// <summary>A request whose answer has not come yet, and what has come for it already.</summary>
internal sealed class EarlyNotification
{
    /// <summary>The request once it is known; null when it was refused.</summary>
    public TaskCompletionSource<PendingEntry?> Known { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The id that a ping named.</summary>
    public string? PingedId { get; set; }
}
