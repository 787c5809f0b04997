namespace MedId.Provider;

/// <summary>Who changed something.</summary>
public enum LifeCycleActorKind
{
    /// <summary>The OP itself: an end that came, a counter that did not move on.</summary>
    Op,

    /// <summary>The person, by an act of one of their devices.</summary>
    Person,

    /// <summary>A clerk at a reception desk.</summary>
    Clerk,

    /// <summary>An administrator of the OP.</summary>
    Administrator,

    /// <summary>The person's proxy, by an act of one of the proxy's devices.</summary>
    Proxy,
}
