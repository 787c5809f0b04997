namespace MedId.Provider;

/// <summary>An entry as a store gives it back: bytes that nobody has judged yet.</summary>
/// <param name="Sequence">The place at which it is stored.</param>
/// <param name="Bytes">The canonical form; empty where the store cannot open what it finds there.</param>
public sealed record StoredAuditEntry(long Sequence, ReadOnlyMemory<byte> Bytes);
