namespace MedId.Provider;

/// <summary>A session of the page: what its cookie holds.</summary>
/// <param name="Value">The secret.</param>
/// <param name="ExpiresAt">Its end; nothing extends it.</param>
public sealed record DashboardSession(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Says nothing of the secret.</summary>
    /// <returns>The end only.</returns>
    public override string ToString() => $"dashboard session until {ConsentNotice.FormatTime(ExpiresAt)}";
}
