using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>How asking again ended.</summary>
public sealed class JpkiLiveness
{
    internal JpkiLiveness()
    {
    }

    /// <summary>Accepted when the certificate still stands, refused when it is revoked, undetermined when nobody could say.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Why not; null when it stands.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Under which standing it was asked.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>What is known, and what to do.</summary>
    public required JpkiRevocation Revocation { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Outcome} {Revocation.Action}";

    /// <summary>The liveness that a local recheck showed.</summary>
    /// <param name="decision">The decision of <see cref="JpkiVerifier.Recheck"/>.</param>
    /// <param name="at">When it was asked.</param>
    public static JpkiLiveness Of(JpkiDecision decision, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new() { Outcome = decision.Outcome, Error = decision.Error, Standing = decision.Standing, Revocation = decision.Revocation, At = at };
    }
}
