namespace MedId.Pki;

/// <summary>A query that was made and what came of it; shared by all who asked the same at the same moment.</summary>
internal sealed record EvidenceFlight(EvidenceAnswer Answer, ReadOnlyMemory<byte>? Nonce);
