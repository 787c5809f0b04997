using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>A DPoP proof that met every expectation. Only <see cref="DpopProofVerifier"/> makes it, so having one is the evidence; whether it came before, the caller asks with <see cref="ReplayKey"/>.</summary>
public sealed class VerifiedDpopProof
{
    internal VerifiedDpopProof(PublicKey key, SignatureAlgorithm algorithm, DateTimeOffset issuedAt, ReplayKey replayKey)
    {
        Key = key;
        Algorithm = algorithm;
        IssuedAt = issuedAt;
        ReplayKey = replayKey;
    }

    /// <summary>The key that the sender holds.</summary>
    public PublicKey Key { get; }

    /// <summary>Its thumbprint as <c>cnf.jkt</c> has it (RFC 9449 §6.1, RFC 7638).</summary>
    public string KeyThumbprint => Key.Thumbprint;

    /// <summary>The algorithm it signed with.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary><c>iat</c>.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>What the caller consumes once (RFC 9449 §11.1): the key's thumbprint, <c>jti</c>, and the time from which the proof is refused anyway.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>Algorithm and key.</summary>
    public override string ToString() => $"{Algorithm} proof of {KeyThumbprint}";
}
