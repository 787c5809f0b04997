namespace MedId.Consent;

/// <summary>A condition's value, with the facts that it comes from: those that decided it, or those that are missing.</summary>
internal readonly record struct Judged(Truth Value, IReadOnlyList<string> Facts)
{
    public static Judged Of(bool value, params IReadOnlyList<string> facts) => new(value ? Truth.True : Truth.False, facts);

    public static Judged Missing(params IReadOnlyList<string> facts) => new(Truth.Unknown, facts);
}
