namespace MedId.Provider;

/// <summary>How a ticket stands.</summary>
public enum TicketStatus
{
    /// <summary>Can be used.</summary>
    Open,

    /// <summary>No such ticket.</summary>
    Unknown,

    /// <summary>Used before.</summary>
    Used,

    /// <summary>Past its end.</summary>
    Expired,
}
