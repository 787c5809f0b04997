namespace MedId.Ciba.Server;

/// <summary>What became of one notification, and why.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Code">Why, one of <see cref="CibaErrorCodes"/>; null when it was delivered. Safe to log.</param>
/// <param name="RetryAfter">How long the client asked to be left alone; null when it did not say.</param>
public sealed record NotificationResult(NotificationOutcome Outcome, string? Code = null, TimeSpan? RetryAfter = null);
