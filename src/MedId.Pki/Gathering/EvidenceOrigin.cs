namespace MedId.Pki;

/// <summary>Where a piece of evidence came from.</summary>
public enum EvidenceOrigin
{
    /// <summary>Nowhere: nothing came.</summary>
    None = 0,

    /// <summary>It was fetched for this gathering, or for another one at the same moment.</summary>
    Fetched = 1,

    /// <summary>It was fetched before and is still fresh.</summary>
    Cache = 2,

    /// <summary>It is the last good one, because nothing newer could be had.</summary>
    LastGood = 3,
}
