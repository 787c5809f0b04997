namespace MedId.Samples.ConsentedAccess;

/// <summary>The walk did not go as its scenario says.</summary>
/// <param name="role">The host whose log helps; null when none in particular.</param>
/// <param name="message">For the operator, in English.</param>
/// <param name="step">The step at which the walk ended, when one can be named.</param>
/// <param name="code">The refusal that came instead, when one came.</param>
internal sealed class WalkFailedException(string? role, string message, int? step = null, string? code = null) : Exception(message)
{
    public string? Role { get; } = role;

    public int? Step { get; } = step;

    public string? Code { get; } = code;
}
