using System.Collections.Concurrent;

namespace MedId.Nodes.Tests;

/// <summary>What the clients saw of one request.</summary>
internal sealed class Entry(string authReqId, DateTimeOffset expiresAt)
{
    public string AuthReqId { get; } = authReqId;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>A node acknowledged the approval.</summary>
    public bool Approved { get; set; }

    /// <summary>The access tokens that came.</summary>
    public ConcurrentBag<string> Tokens { get; } = [];

    /// <summary>Polls to which no answer came: what they did is not known.</summary>
    public int Unanswered => _unanswered;

    /// <summary>The errors that came.</summary>
    public ConcurrentBag<string> Errors { get; } = [];

    private int _unanswered;

    public void NoAnswer() => Interlocked.Increment(ref _unanswered);

    public override string ToString() => $"approved {Approved}, tokens {Tokens.Count}, unanswered {Unanswered}, errors {string.Join(' ', Errors)}";
}
