using MedId.Core;

namespace MedId.Fido2.Tests;

/// <summary>Asserts a refusal by its code, and that exactly one step failed: the numbered one.</summary>
internal static class Refused
{
    public static void At(int step, string code, RegistrationVerification verification)
    {
        Assert.Null(verification.Evidence);
        At(step, code, verification.Error, verification.Steps, 29);
    }

    public static void At(int step, string code, AuthenticationVerification verification)
    {
        Assert.Null(verification.Evidence);
        At(step, code, verification.Error, verification.Steps, 25);
    }

    public static void With<T>(string code, MedIdResult<T> result)
        where T : notnull => Assert.Equal(code, result.Error?.Code);

    private static void At(int step, string code, MedIdError? error, IReadOnlyList<CeremonyStep> steps, int count)
    {
        Assert.Equal(code, error?.Code);
        Assert.Equal(count, steps.Count);
        var failed = Assert.Single(steps, candidate => candidate.Outcome == StepOutcome.Failed);
        Assert.Equal(step, failed.Number);
        Assert.Equal(code, failed.Code);
        Assert.DoesNotContain(steps, candidate => candidate.Number > step && candidate.Outcome == StepOutcome.Passed);
    }
}
