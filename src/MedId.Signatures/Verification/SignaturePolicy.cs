using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What has to hold for a signature to be accepted. Nothing is trusted that is not named here.</summary>
public sealed partial record SignaturePolicy
{
    /// <summary>Which algorithms may sign documents, and until when; asked at the time the signature is judged for.</summary>
    public required AlgorithmPolicy Algorithms { get; init; }

    /// <summary>The roots that signers' certificates have to lead to. Not empty.</summary>
    public required IReadOnlyCollection<TrustAnchor> Anchors { get; init; }

    /// <summary>What is asked of signers' paths: policies, key usage, revocation.</summary>
    public required PathPolicy Path { get; init; }

    /// <summary>Which time-stamping services are trusted; null: none, time-stamps are reported and prove nothing.</summary>
    public TimestampPolicy? Timestamps { get; init; }

    /// <summary>At which time signers are judged.</summary>
    public SignatureTimeRule Time { get; init; }

    /// <summary>The lowest level that is accepted. B-B by default; <see cref="SignatureLevel.Plain"/> takes signatures that do not name their certificate.</summary>
    public SignatureLevel MinimumLevel { get; init; } = SignatureLevel.BaselineB;

    /// <summary>How many signers a document may have; more refuse it. 16 by default.</summary>
    public int MaxSigners { get; init; } = 16;

    /// <summary>How far the signer's own clock may run ahead of a time-stamp over the signature. 5 minutes by default.</summary>
    public TimeSpan ClaimedTimeTolerance { get; init; } = TimeSpan.FromMinutes(5);
}
