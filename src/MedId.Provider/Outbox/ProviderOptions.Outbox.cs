namespace MedId.Provider;

public sealed partial class ProviderOptions
{
    /// <summary>How what has to be told is told.</summary>
    public OutboxOptions Outbox { get; } = new();
}
