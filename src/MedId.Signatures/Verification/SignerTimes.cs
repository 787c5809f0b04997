using MedId.Core;

namespace MedId.Signatures;

/// <summary>The times of one signature (EN 319 102-1 §5.5.4): what valid time-stamps prove, and whether all claims go with it.</summary>
internal sealed class SignerTimes
{
    private readonly SignaturePolicy _policy;
    private readonly IReadOnlyList<TimestampReport> _content;
    private readonly IReadOnlyList<TimestampReport> _proven;

    /// <param name="policy">Which time counts.</param>
    /// <param name="timestamps">Every time-stamp over content, signature or document.</param>
    /// <param name="at">The time of verification.</param>
    public SignerTimes(SignaturePolicy policy, IReadOnlyList<TimestampReport> timestamps, DateTimeOffset at)
    {
        _policy = policy;
        _content = [.. timestamps.Where(t => t is { Outcome: VerificationOutcome.Accepted, Kind: TimestampKind.Content })];
        _proven = [.. timestamps.Where(t => t is { Outcome: VerificationOutcome.Accepted, Kind: not TimestampKind.Content })];
        Best = _proven.Min(t => t.Time);
        JudgedAt = policy.Time == SignatureTimeRule.BestSignatureTime && Best < at ? Best.Value : at;
        OnTimeBound = policy is { Time: SignatureTimeRule.BestSignatureTime, Timestamps: not null }
            && timestamps.Any(t => t is { Outcome: VerificationOutcome.Undetermined, Kind: not TimestampKind.Content } && t.Time < JudgedAt)
                ? VerificationOutcome.Undetermined
                : VerificationOutcome.Refused;
    }

    /// <summary>The earliest time that a valid time-stamp proves; null without one.</summary>
    public DateTimeOffset? Best { get; }

    /// <summary>The time that the signer is judged at.</summary>
    public DateTimeOffset JudgedAt { get; }

    /// <summary>
    /// How a check ends that fails at <see cref="JudgedAt"/> only because of the time: undetermined where better evidence about an earlier time-stamp could still prove an earlier time.
    /// </summary>
    public VerificationOutcome OnTimeBound { get; }

    /// <summary>The latest time before which the signature cannot have been made, by time-stamps over what it signs; null without one.</summary>
    public DateTimeOffset? NotBefore => _content.Max(t => t.Time);

    /// <summary>Nothing that the signature covers, and no claim of the signer, is later than the time at which the signature was there.</summary>
    public MedIdError? CheckOrder(DateTimeOffset? claimed)
    {
        if (Best is not { } best)
        {
            return null;
        }

        // What is stamped later covers what was stamped before: content, then the signature, then the document around it.
        if (_proven.Any(later => _content.Any(earlier => IsBefore(later, earlier))))
        {
            return Error("a content time-stamp is later than a time-stamp over the signature");
        }

        if (_proven.Any(later => later.Kind == TimestampKind.Document && _proven.Any(earlier => earlier.Kind == TimestampKind.Signature && IsBefore(later, earlier))))
        {
            return Error("a time-stamp over the signature is later than one over the document");
        }

        return claimed > best + _policy.ClaimedTimeTolerance ? Error("the claimed signing time is later than a time-stamp over the signature") : null;
    }

    /// <summary>Earlier beyond what both state of their accuracy.</summary>
    private static bool IsBefore(TimestampReport first, TimestampReport second) => first.Time + Accuracy(first) < second.Time - Accuracy(second);

    private static TimeSpan Accuracy(TimestampReport report) => report.Token!.Info.Accuracy?.Span ?? TimeSpan.Zero;

    private static MedIdError Error(string detail) => new(SignaturesErrorCodes.TimeOrder, ErrorCategory.Untrusted, "EN 319 102-1 §5.5.4", detail);
}
