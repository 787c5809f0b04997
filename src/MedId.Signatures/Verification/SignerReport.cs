using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What was found out about one signer of a document.</summary>
public sealed record SignerReport
{
    /// <summary>How it ended. Only an accepted signer has signed.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Why it is not accepted; null when it is. The codes of <c>MedId.Pki</c> come through unchanged.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The same in the words of EN 319 102-1.</summary>
    public required ValidationIndication Indication { get; init; }

    /// <summary>The signer's certificate; null where none was found. Proven to be the signer's only when accepted.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The algorithm of the signature; null where it is not known here.</summary>
    public SignatureAlgorithm? Algorithm { get; init; }

    /// <summary>Whether an algorithm was needed that only a loudly named option allows.</summary>
    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>How much the signature carries.</summary>
    public SignatureLevel Level { get; init; }

    /// <summary>When the signer says to have signed; proves nothing.</summary>
    public DateTimeOffset? ClaimedSigningTime { get; init; }

    /// <summary>The earliest time at which the signature was provably there; null without a valid time-stamp.</summary>
    public DateTimeOffset? BestSignatureTime { get; init; }

    /// <summary>The time that the certificate was judged at; null when it did not come to that.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>The path decision; null when it did not come to that.</summary>
    public PathDecision? Path { get; init; }

    /// <summary>The time-stamps over this signature, in the order of the document, valid or not.</summary>
    public IReadOnlyList<TimestampReport> Timestamps { get; init; } = [];

    /// <summary>What this signature covers. Its digests were compared only when the signer is accepted.</summary>
    public IReadOnlyList<CoveredContent> Covered { get; init; } = [];

    /// <summary>What is there and was not judged: counter-signatures, archive time-stamps.</summary>
    public IReadOnlyList<UnjudgedElement> NotJudged { get; init; } = [];

    /// <summary>Every check that was made, in order.</summary>
    public IReadOnlyList<VerificationStep> Steps { get; init; } = [];
}
