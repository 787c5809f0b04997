using System.Runtime.ExceptionServices;

namespace MedId.Provider;

/// <summary>One attempt: what becomes of the message, what the handler keeps whatever becomes of it, and what a channel threw.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Body">What is kept when the message is put back although it was given up.</param>
/// <param name="Failure">What a channel threw; null when nothing.</param>
internal sealed record AttemptResult(OutboxOutcome Outcome, string? Body = null, ExceptionDispatchInfo? Failure = null);
