namespace MedId.Fido.Uaf;

/// <summary>Why one criteria of a policy leaves an authenticator out, or why a disallowed one hits it.</summary>
/// <param name="Place">Where the criteria stands: <c>accepted[1][0]</c>, <c>disallowed[2]</c>.</param>
/// <param name="Member">The first member that does not match, as the protocol names it; null where the criteria matches, which excludes in <c>disallowed</c>.</param>
public sealed record UafPolicyMismatch(string Place, string? Member)
{
    /// <summary>For a log: no values.</summary>
    public override string ToString() => Member is null ? $"{Place} matches" : $"{Place}: {Member} does not match";
}
