namespace MedId.Provider;

/// <content>The time-stamped history.</content>
public sealed partial class ProviderOptions
{
    /// <summary>
    /// That this OP has no time-stamping service: persons get their chained history, and no receipt that would show them that it was made anew. An OP says so, or names a service
    /// (<see cref="IHistoryTimestamps"/>); otherwise it does not start.
    /// </summary>
    /// <value>False.</value>
    public bool WithoutTimestampedHistory { get; set; }
}
