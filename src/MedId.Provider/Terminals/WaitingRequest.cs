namespace MedId.Provider;

/// <summary>A request that waits for the person whose card has just signed in.</summary>
/// <param name="RequestId">The opaque id.</param>
/// <param name="DeviceToken">The short right to see it and to say no.</param>
public sealed record WaitingRequest(string RequestId, string DeviceToken)
{
    /// <summary>The id only.</summary>
    public override string ToString() => RequestId;
}
