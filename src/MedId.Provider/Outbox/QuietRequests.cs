namespace MedId.Provider;

/// <summary>What becomes of a request that is asked in somebody's quiet hours. What is only told afterwards always waits for their end.</summary>
public enum QuietRequests
{
    /// <summary>It is announced like any other: somebody sits before the doctor and waits.</summary>
    Announce,

    /// <summary>It is announced without sound or light: whoever looks at the phone finds it.</summary>
    Silent,

    /// <summary>It is announced when the quiet hours end; one that would have ended by then is refused at once with <c>access_denied</c>, so that nobody waits for nothing.</summary>
    Hold,
}
