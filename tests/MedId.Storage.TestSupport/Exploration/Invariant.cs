namespace MedId.Storage.TestSupport.Exploration;

/// <summary>What holds in every state and of every step.</summary>
internal static class Invariant
{
    public const string AtMostOneTokenSet = nameof(AtMostOneTokenSet);
    public const string NoRedemptionWithoutApproval = nameof(NoRedemptionWithoutApproval);
    public const string NothingAfterWithdrawal = nameof(NothingAfterWithdrawal);
    public const string NothingAfterSuspension = nameof(NothingAfterSuspension);
    public const string ExpiredStaysExpired = nameof(ExpiredStaysExpired);
    public const string ConsentExactlyWhenApproved = nameof(ConsentExactlyWhenApproved);
    public const string NarrowedStaysNarrowed = nameof(NarrowedStaysNarrowed);
    public const string PollAnswersInOrder = nameof(PollAnswersInOrder);
    public const string EveryVerbAnswersAsTheRulesSay = nameof(EveryVerbAnswersAsTheRulesSay);
    public const string EveryNodeDecidesAlike = nameof(EveryNodeDecidesAlike);
    public const string TheStoreForgetsNothing = nameof(TheStoreForgetsNothing);
    public const string CrashLosesNothing = nameof(CrashLosesNothing);
    public const string CrashBeforeCommitChangesNothing = nameof(CrashBeforeCommitChangesNothing);
    public const string EveryActHasItsAuditLine = nameof(EveryActHasItsAuditLine);
    public const string ApprovedIsRedeemableAfterCrash = nameof(ApprovedIsRedeemableAfterCrash);
}
