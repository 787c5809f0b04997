using MedId.Core;

namespace MedId.Consent;

/// <summary>Whether data may be shared.</summary>
/// <param name="Outcome">Only an accepted sharing may happen.</param>
/// <param name="Error">Why not; null when accepted.</param>
/// <param name="Missing">The members of <see cref="DataSharing"/> that are not known, in lower case with underscores; empty unless undetermined.</param>
public sealed record DataSharingDecision(VerificationOutcome Outcome, MedIdError? Error, IReadOnlyList<string> Missing);
