namespace MedId.Pki;

/// <summary>One query of the gatherer to the outside.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Address">Where, as the certificate says; checked already.</param>
/// <param name="Request">The OCSP request in DER; empty for the other kinds.</param>
/// <param name="MaxBytes">The most bytes that the answer may have.</param>
public sealed record EvidenceQuery(EvidenceKind Kind, Uri Address, ReadOnlyMemory<byte> Request, int MaxBytes);
