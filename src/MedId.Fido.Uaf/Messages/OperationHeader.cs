namespace MedId.Fido.Uaf;

/// <summary>The <c>OperationHeader</c> of every UAF message. UAF 1.1 protocol §3.1.</summary>
/// <remarks>Nothing in it is signed; what counts is repeated in <see cref="FinalChallengeParams"/>.</remarks>
public sealed record OperationHeader
{
    /// <summary><c>upv</c>.</summary>
    public required UafVersion Version { get; init; }

    /// <summary><c>op</c>.</summary>
    public required UafOperation Operation { get; init; }

    /// <summary><c>appID</c>, at most 512 characters; empty where the request names none.</summary>
    public string AppId { get; init; } = string.Empty;

    /// <summary><c>serverData</c>, 1 to 1536 characters: our own state, echoed by the client; null when absent.</summary>
    public string? ServerData { get; init; }

    /// <summary><c>exts</c>.</summary>
    public IReadOnlyList<UafExtension> Extensions { get; init; } = [];
}
