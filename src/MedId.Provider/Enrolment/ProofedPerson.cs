namespace MedId.Provider;

/// <summary>What a proofing gives: the account, and a ticket with which one device is enrolled for it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="IsNew">Whether it was made by this proofing; false for a person who has moved or whose certificate was renewed.</param>
/// <param name="Ticket">The enrolment ticket; given out once.</param>
public sealed record ProofedPerson(string AccountId, bool IsNew, string Ticket)
{
    /// <summary>The account only.</summary>
    public override string ToString() => AccountId;
}
