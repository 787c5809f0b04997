using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What a time-stamping authority signed: TSTInfo of RFC 3161 §2.4.2, read strictly in DER.</summary>
public sealed record TimestampInfo
{
    /// <summary>The policy that the token was made under.</summary>
    public required string PolicyOid { get; init; }

    /// <summary>The hash of <see cref="Imprint"/>; null where it is not one of this library's table, which refuses the token.</summary>
    public required DigestAlgorithm? ImprintAlgorithm { get; init; }

    /// <summary>The digest of what was stamped.</summary>
    public required ReadOnlyMemory<byte> Imprint { get; init; }

    /// <summary>The content octets of the token's serial number.</summary>
    public required ReadOnlyMemory<byte> SerialNumber { get; init; }

    /// <summary>genTime: when it was made, by the authority's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The stated accuracy; null when none is stated.</summary>
    public TimestampAccuracy? Accuracy { get; init; }

    /// <summary>Whether two tokens of the authority can be ordered by genTime alone.</summary>
    public bool Ordering { get; init; }

    /// <summary>The content octets of the request's nonce; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; init; }

    /// <summary>The name that the authority gives itself; null when it gives none, or none in the form of a directory name.</summary>
    public DistinguishedName? Authority { get; init; }

    /// <summary>Whether the token states a name of another form than a directory name.</summary>
    internal bool HasOtherAuthorityName { get; init; }

    /// <summary>Whether there is a critical extension, none of which is understood here.</summary>
    internal bool HasCriticalExtension { get; init; }
}
