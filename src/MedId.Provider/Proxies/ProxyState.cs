namespace MedId.Provider;

/// <summary>How a relation stands, as stored. That its time has come is computed (<see cref="ProxyRelation.StateAt"/>), whether or not it was swept.</summary>
public enum ProxyState
{
    /// <summary>Registered; the person's own consent to it is still to come.</summary>
    Registered,

    /// <summary>The proxy may consent for the person.</summary>
    Active,

    /// <summary>Stopped for the time being by the desk: nothing is read under it meanwhile.</summary>
    Suspended,

    /// <summary>Ended for good.</summary>
    Ended,
}
