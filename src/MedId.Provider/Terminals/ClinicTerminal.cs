using MedId.Core;

namespace MedId.Provider;

/// <summary>A terminal at which people without a phone act with their My Number card (row A18). Registered by the OP's operator; it authenticates as an OAuth client.</summary>
public sealed record ClinicTerminal
{
    /// <summary>The terminal's client id at this OP.</summary>
    public required string ClientId { get; init; }

    /// <summary>The institution's identifier; recorded with every act.</summary>
    public required string InstitutionId { get; init; }

    /// <summary>The institution's name as people know it; recorded with every act.</summary>
    public required string Institution { get; init; }

    /// <summary>The client ids whose requests may be shown here: those of the institution itself. A request of somebody else is never shown.</summary>
    public required IReadOnlyCollection<string> Serves { get; init; }

    internal ConsentTerminal ToRecord() => new(InstitutionId, Institution, ClientId);
}
