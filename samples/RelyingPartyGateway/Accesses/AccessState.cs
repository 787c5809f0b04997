namespace MedId.Samples.RelyingPartyGateway;

/// <summary>How far an access is.</summary>
internal enum AccessState
{
    /// <summary>The patient has not decided.</summary>
    Waiting,

    /// <summary>Records can be read.</summary>
    Granted,

    /// <summary>There is nothing to be read: refused, expired, withdrawn or given back.</summary>
    Ended,
}
