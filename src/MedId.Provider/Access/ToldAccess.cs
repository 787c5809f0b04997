using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What was opened without asking a device, as the person reads it afterwards. There is nothing to choose; the consent may be withdrawn in the history.</summary>
public sealed record ToldAccess
{
    /// <summary>The recorded consent.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>The ground's protocol word (<see cref="GroundProtocols"/>).</summary>
    public required string Ground { get; init; }

    /// <summary>The ground.</summary>
    public override string ToString() => Ground;

    /// <summary>Whether a request was decided without asking, so that its person may read what was done.</summary>
    internal static bool IsOf(CibaRequest? request) =>
        request is { Status: CibaStatus.Approved or CibaStatus.Redeemed, Context: { } context, Grant.ConsentId: not null } && AccessContext.FromJson(context).Decision is not null;
}
