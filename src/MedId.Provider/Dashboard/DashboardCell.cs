namespace MedId.Provider;

/// <summary>One cell of the matrix: a kind of data, as one recipient has it.</summary>
/// <param name="Scope">The scope token.</param>
/// <param name="Text">In words people understand.</param>
/// <param name="State">How it stands.</param>
/// <param name="Until">The latest end of the consents that open it now; null when none does.</param>
public sealed record DashboardCell(string Scope, DashboardText Text, DashboardCellState State, DateTimeOffset? Until);
