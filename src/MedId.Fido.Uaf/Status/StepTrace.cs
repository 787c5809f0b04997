using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Writes the checks down when somebody asked for them, and costs nothing otherwise.</summary>
internal readonly struct StepTrace(ICollection<UafStep>? steps, string section)
{
    public string Section => section;

    /// <summary>Notes the outcome of a check and hands it on: null when it holds.</summary>
    public MedIdError? Judge(int number, string name, MedIdError? refusal)
    {
        steps?.Add(new UafStep(number, name, section, refusal is null ? UafStepOutcome.Passed : UafStepOutcome.Failed, refusal?.Code));
        return refusal;
    }

    /// <summary>Notes that there is nothing to check.</summary>
    public MedIdError? Skip(int number, string name)
    {
        steps?.Add(new UafStep(number, name, section, UafStepOutcome.NotApplicable));
        return null;
    }

    /// <summary>A refusal in this section.</summary>
    public MedIdError Refuse(string code, ErrorCategory category, string? detail = null) => new(code, category, section, detail);
}
