using MedId.Core;

namespace MedId.Pki;

/// <summary>Decides about one certificate from the evidence that was gathered.</summary>
internal static class RevocationJudge
{
    /// <summary>Judges.</summary>
    /// <param name="question">What is asked.</param>
    public static RevocationFinding Judge(RevocationQuestion question) => new()
    {
        Certificate = question.Certificate,
        Status = RevocationStatus.Unknown,
        Why = new(PkiErrorCodes.CrlMissing, ErrorCategory.State, "RFC 5280 §6.3.3", "no evidence"),
    };
}
