using MedId.Core;

namespace MedId.Provider;

/// <summary>What a service signed about a person who is there. Only <see cref="FaceToFaceVerifier"/> makes one.</summary>
public sealed class FaceToFaceStatement
{
    internal FaceToFaceStatement()
    {
    }

    /// <summary>How the person was checked.</summary>
    public required string Method { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>By whom: the clerk's identifier at the institution. Personal.</summary>
    public required string CheckedBy { get; init; }

    /// <summary>The institution.</summary>
    public required string Institution { get; init; }

    /// <summary>base64url of SHA-256 over the statement as it came.</summary>
    public required string Digest { get; init; }

    /// <summary>What is consumed with the decision, so that one statement serves one request.</summary>
    public required ReplayKey ReplayKey { get; init; }

    /// <summary>The method.</summary>
    public override string ToString() => Method;
}
