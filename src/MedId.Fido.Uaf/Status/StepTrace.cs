using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Writes the checks down when somebody asked for them, and costs nothing otherwise.</summary>
internal readonly struct StepTrace(ICollection<UafStep>? steps, string section, Tolerance? tolerance = null)
{
    /// <summary>What departs from the standard and is taken all the same.</summary>
    public Tolerance Tolerance => tolerance ?? Tolerance.Strict;

    /// <summary>The same list of checks for one assertion, which needs leniencies of its own.</summary>
    public StepTrace ForAssertion(UafLeniencies allowed) => new(steps, section, Tolerance.Of(allowed));

    public string Section => section;

    /// <summary>Notes the outcome of a check and hands it on: null when it holds, or when there was nothing to check.</summary>
    public MedIdError? Judge(int number, string name, MedIdError? refusal, bool isApplicable = true)
    {
        if (steps is not null)
        {
            var outcome = refusal is not null ? UafStepOutcome.Failed : isApplicable ? UafStepOutcome.Passed : UafStepOutcome.NotApplicable;
            steps.Add(new UafStep(number, name, section, outcome, refusal?.Code));
        }

        return refusal;
    }

    /// <summary>Notes the outcome of a check that is a condition.</summary>
    public MedIdError? Judge(int number, string name, bool holds, string code, ErrorCategory category) => Judge(number, name, Require(holds, code, category));

    /// <summary>Null where a condition holds, else the refusal.</summary>
    public MedIdError? Require(bool holds, string code, ErrorCategory category, string? detail = null) => holds ? null : Refuse(code, category, detail);

    /// <summary>A refusal in this section.</summary>
    public MedIdError Refuse(string code, ErrorCategory category, string? detail = null) => new(code, category, section, detail);
}
