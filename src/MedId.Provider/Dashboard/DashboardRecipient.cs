using MedId.Core;

namespace MedId.Provider;

/// <summary>One row of the matrix: who receives, and how they stand to each kind of data that they ever asked for.</summary>
public sealed record DashboardRecipient
{
    /// <summary>The recipient, with the name of the newest consent.</summary>
    public required ConsentParty Recipient { get; init; }

    /// <summary>The kinds of data: readable ones first, then by their words.</summary>
    public required IReadOnlyList<DashboardCell> Cells { get; init; }

    /// <summary>The consents by which something may be read now, newest first.</summary>
    public required IReadOnlyList<string> ActiveConsents { get; init; }

    /// <summary>How many consents there are of this recipient, whatever became of them.</summary>
    public required int Consents { get; init; }
}
