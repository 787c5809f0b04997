namespace MedId.Provider;

/// <summary>The one step from a verified act to an approved request.</summary>
public interface IApprovalStore
{
    /// <summary>
    /// In one transaction: the account is active, the device's counter still is what was judged and moves on, the request is pending and unexpired and becomes
    /// approved, the consent is recorded with its first history line. Otherwise nothing changes.
    /// </summary>
    /// <param name="approval">What the act changes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome, judged in the order account, request, expiry, counter.</returns>
    /// <exception cref="ArgumentException">
    /// Grant and consent are not of one approval or not of the request, hold more scopes than were asked for or shown, or the consent's id is taken. Nothing changes.
    /// </exception>
    ValueTask<ApprovalOutcome> TryApproveAsync(Approval approval, CancellationToken cancellationToken = default);
}
