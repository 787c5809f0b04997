namespace MedId.Provider;

/// <content>Administration.</content>
public sealed partial class ProviderOptions
{
    /// <summary>Makes what asks the kill switch; set where the OP is put together. Null: there is no kill switch.</summary>
    internal Func<StopGuard>? MakeStopGuard { get; set; }

    /// <summary>What asks the kill switch; null where there is none.</summary>
    internal StopGuard? StopGuard => field ??= MakeStopGuard?.Invoke();
}
