namespace MedId.Signatures;

/// <summary>An attribute of a signer (RFC 5652 §5.3).</summary>
/// <param name="Oid">Its type.</param>
/// <param name="Values">Its values, each one encoded structure as it lay in the message.</param>
public sealed record CmsAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values);
