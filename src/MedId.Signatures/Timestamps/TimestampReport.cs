using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What was found out about one time-stamp.</summary>
public sealed record TimestampReport
{
    /// <summary>How it ended; only an accepted one proves a time.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Why it is not accepted; null when it is.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>What it is over.</summary>
    public required TimestampKind Kind { get; init; }

    /// <summary>The token; null when it could not be read.</summary>
    public TimestampToken? Token { get; init; }

    /// <summary>Its time; null when it could not be read. Proven only when accepted.</summary>
    public DateTimeOffset? Time => Token?.Info.Time;

    /// <summary>The certificate of the service; null where none was found.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The service of the policy that it belongs to; null where none fits.</summary>
    public TimestampService? Service { get; init; }

    /// <summary>The service's path at <see cref="Time"/>; null when it did not come to that.</summary>
    public PathDecision? Path { get; init; }

    /// <summary>Every check that was made, in order.</summary>
    public IReadOnlyList<VerificationStep> Steps { get; init; } = [];
}
