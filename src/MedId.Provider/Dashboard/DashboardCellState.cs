namespace MedId.Provider;

/// <summary>How one recipient stands to one kind of data.</summary>
public enum DashboardCellState
{
    /// <summary>May be read now.</summary>
    Readable,

    /// <summary>Could be read once, and cannot be read any more.</summary>
    Ended,

    /// <summary>Asked for and never granted.</summary>
    Refused,
}
