namespace MedId.Fido.Uaf;

/// <summary>What a server lets the client carry from request to response: enough to find and hold the response against the request. UAF 1.1 protocol §3.1 <c>serverData</c>.</summary>
public sealed record UafServerState
{
    /// <summary>The operation that was asked for.</summary>
    public required UafOperation Operation { get; init; }

    /// <summary>The challenge that was sent: base64url.</summary>
    public required string Challenge { get; init; }

    /// <summary>The first instant at which an answer is too late. Kept in whole milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The user that the request is for, at most 256 characters; null where nobody is known yet.</summary>
    public string? User { get; init; }

    /// <summary>What the server finds policy and transactions by, at most 256 characters; null for nothing.</summary>
    public string? Reference { get; init; }

    /// <summary>The operation alone.</summary>
    public override string ToString() => $"UafServerState {Operation}";
}
