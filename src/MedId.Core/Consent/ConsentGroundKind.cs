namespace MedId.Core;

/// <summary>On what a request was decided without an act of a device at that moment.</summary>
public enum ConsentGroundKind
{
    /// <summary>A consent that the person had given beforehand on their own device, for a recipient that a trust framework vouches for (row A13).</summary>
    PreRegistered,

    /// <summary>A code that the person told the pharmacist or doctor, good for one access (row D4).</summary>
    OneTimeCode,

    /// <summary>A signed form, taken at a reception desk.</summary>
    Paper,

    /// <summary>Words, taken down at a reception desk.</summary>
    Oral,

    /// <summary>No consent: an emergency, with a reason, a short life, and the person told afterwards.</summary>
    BreakGlass,
}
