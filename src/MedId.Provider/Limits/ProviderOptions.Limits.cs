namespace MedId.Provider;

public sealed partial class ProviderOptions
{
    /// <summary>How often people are asked, and how often credentials may be guessed.</summary>
    public LimitOptions Limits { get; } = new();
}
