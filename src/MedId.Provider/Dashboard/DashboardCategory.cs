namespace MedId.Provider;

/// <summary>One kind of data in a consent.</summary>
/// <param name="Scope">The scope token as recorded.</param>
/// <param name="Text">In words people understand.</param>
/// <param name="Granted">Whether the person said yes to it; false: it was shown and refused.</param>
public sealed record DashboardCategory(string Scope, DashboardText Text, bool Granted);
