using MedId.Jpki.Certificates;
using MedId.Pki;

namespace MedId.Samples.IdentityProofing;

/// <summary>A story with its expected end.</summary>
internal sealed record Scenario(string Name, string Text, Func<Walk, Task> RunAsync)
{
    /// <summary>The OP's legal standing; a certified verifier, which checks for itself, unless the story is about something else.</summary>
    public JpkiStanding Standing { get; init; } = JpkiStanding.CertifiedVerifier;

    /// <summary>How long an answer about revocation is used again.</summary>
    public FreshnessPolicy Freshness { get; init; } = FreshnessPolicy.AlwaysAsk;
}
