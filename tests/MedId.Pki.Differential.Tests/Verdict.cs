namespace MedId.Pki.Differential.Tests;

/// <summary>What one verifier said, and in its own words why not.</summary>
internal sealed record Verdict(bool Accepted, string Reason)
{
    public static Verdict Yes { get; } = new(true, "accepted");

    public static Verdict No(string reason) => new(false, reason);
}
