using MedId.Core;

namespace MedId.Pki;

/// <summary>What came of one query.</summary>
public sealed record EvidenceAnswer
{
    /// <summary>The bytes of the answer; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Why there is no answer, one of <c>gather.*</c>; null when there is one.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Whether the server may have got the query, and may charge for it. False only when it certainly did not: no connection came about.</summary>
    public bool WasSent { get; init; } = true;

    /// <summary>The bytes of the answer that were read, also where it was refused.</summary>
    public long BytesReceived { get; init; }
}
