using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>One question as it was asked, with what it was for. Holds nothing about the certificate.</summary>
/// <param name="Query">The question as the gatherer wrote it down.</param>
/// <param name="Kind">About which kind of certificate; null where it was asked outside of a JPKI check.</param>
/// <param name="Purpose">Why; reported and charged apart. Null likewise.</param>
public sealed record JpkiCostEntry(EvidenceLedgerEntry Query, JpkiCertificateKind? Kind, JpkiCheckPurpose? Purpose);
