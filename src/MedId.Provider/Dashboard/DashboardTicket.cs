namespace MedId.Provider;

/// <summary>What carries a person from the app to the page: works once, for a short time.</summary>
/// <param name="Value">The secret.</param>
/// <param name="ExpiresAt">Its end.</param>
public sealed record DashboardTicket(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Says nothing of the secret.</summary>
    /// <returns>The end only.</returns>
    public override string ToString() => $"dashboard ticket until {ConsentNotice.FormatTime(ExpiresAt)}";
}
