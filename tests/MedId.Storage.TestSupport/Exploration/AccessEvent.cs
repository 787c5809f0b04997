namespace MedId.Storage.TestSupport.Exploration;

/// <summary>What can happen to an access request, in any order.</summary>
public enum AccessEvent
{
    Poll,
    PollOfAnotherClient,
    Approve,
    Narrow,
    Deny,
    Redeem,
    Refresh,
    Withdraw,
    Suspend,
    Reactivate,
    TimePasses,
}
