namespace MedId.Fido.Uaf;

/// <summary>An extension in a JSON message. Not signed: only extensions inside the signed TLV are evidence. UAF 1.1 protocol §3.1.</summary>
/// <param name="Id">1 to 32 characters.</param>
/// <param name="Data">At most 8192 bytes; may be empty. On the wire base64url.</param>
/// <param name="FailIfUnknown">Whether a receiver that does not know <paramref name="Id"/> must refuse the message.</param>
public sealed record UafExtension(string Id, ReadOnlyMemory<byte> Data, bool FailIfUnknown);
