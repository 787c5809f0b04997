namespace MedId.Provider;

/// <summary>What became of an order that may need two operators.</summary>
/// <param name="IsGranted">Whether it is to be done now.</param>
/// <param name="FirstOperatorId">The operator who ordered first; null where one is enough.</param>
/// <param name="Until">Until when it waits for the second one; null where it does not wait.</param>
public sealed record FourEyesOutcome(bool IsGranted, string? FirstOperatorId, DateTimeOffset? Until)
{
    /// <summary>Whether it waits.</summary>
    public override string ToString() => IsGranted ? "granted" : "waits for a second operator";
}
