using MedId.Core;

namespace MedId.Signatures;

/// <summary>Runs checks in order, remembers each, and stops at the first that fails.</summary>
internal sealed class StepList
{
    private readonly List<VerificationStep> _steps = [];

    /// <summary>Every check that was made.</summary>
    public IReadOnlyList<VerificationStep> Steps => _steps;

    /// <summary>The failure; null as long as there is none.</summary>
    public MedIdError? Error { get; private set; }

    /// <summary>How it ends: refused or, where better evidence could help, undetermined.</summary>
    public VerificationOutcome Outcome { get; private set; } = VerificationOutcome.Accepted;

    /// <summary>Makes a check unless one failed before.</summary>
    public StepList Then(string section, string name, Func<MedIdError?> check, VerificationOutcome onError = VerificationOutcome.Refused)
    {
        if (Error is null)
        {
            Add(section, name, check(), onError);
        }

        return this;
    }

    /// <summary>Notes a check that was made elsewhere.</summary>
    public void Add(string section, string name, MedIdError? error, VerificationOutcome onError = VerificationOutcome.Refused)
    {
        _steps.Add(new(section, name, error is null ? VerificationOutcome.Accepted : onError));
        if (error is not null && Error is null)
        {
            (Error, Outcome) = (error, onError);
        }
    }
}
