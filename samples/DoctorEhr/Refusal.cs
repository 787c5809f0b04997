using MedId.Core;

namespace MedId.Samples.DoctorEhr;

/// <summary>Which code the EHR reports of a refusal.</summary>
internal static class Refusal
{
    /// <summary>What an OP of the walk refused with: its <c>error_description</c> is the code and says more than the OAuth error. Else the error's own code.</summary>
    public static string CodeOf(MedIdError error) =>
        error.Code.StartsWith("oauth.", StringComparison.Ordinal) && error.Detail is { } detail && detail.Contains('.', StringComparison.Ordinal) ? detail : error.Code;
}
