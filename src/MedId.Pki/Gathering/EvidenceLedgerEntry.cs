namespace MedId.Pki;

/// <summary>One query as it was made, whatever came of it. Holds nothing about the certificate: no serial number, no path of the address.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="Host">Whom, with the port where it is not the scheme's own.</param>
/// <param name="BytesSent">The bytes of the OCSP request; zero for a file.</param>
/// <param name="BytesReceived">The bytes of the answer that were read.</param>
/// <param name="ErrorCode">What came of it: null for a usable answer, else the code.</param>
/// <param name="MayBeCharged">Whether the server may have got it. False only when no connection came about.</param>
public sealed record EvidenceLedgerEntry(DateTimeOffset At, EvidenceKind Kind, string Host, long BytesSent, long BytesReceived, string? ErrorCode, bool MayBeCharged);
