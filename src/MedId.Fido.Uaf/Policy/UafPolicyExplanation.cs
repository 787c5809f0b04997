namespace MedId.Fido.Uaf;

/// <summary>Whether a policy lets an authenticator take part, and why not. Offline: from metadata alone.</summary>
/// <param name="IsAllowed">The same that <see cref="UafPolicy.Allows"/> says.</param>
/// <param name="Findings">What stands against it: each accepted criteria that does not match, or the disallowed one that does; empty where it is allowed.</param>
public sealed record UafPolicyExplanation(bool IsAllowed, IReadOnlyList<UafPolicyMismatch> Findings)
{
    /// <summary>One line for a log.</summary>
    public override string ToString() => IsAllowed ? "allowed" : string.Join("; ", Findings);
}
