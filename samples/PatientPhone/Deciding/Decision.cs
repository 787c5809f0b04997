namespace MedId.Samples.PatientPhone;

/// <summary>What the person did.</summary>
/// <param name="Granted">The scopes kept; null when the person said no.</param>
internal sealed record Decision(IReadOnlySet<string>? Granted)
{
    public static Decision Deny { get; } = new((IReadOnlySet<string>?)null);
}
