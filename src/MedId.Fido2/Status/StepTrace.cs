using MedId.Core;

namespace MedId.Fido2;

/// <summary>Notes outcomes while a ceremony is verified; a refusal names the step by its section.</summary>
internal struct StepTrace(string section)
{
    private StepRecord _record;

    public readonly StepRecord Record => _record;

    public void Pass(int step) => _record.Pass(step);

    /// <summary>Steps in a row.</summary>
    public void Pass(int step, int count)
    {
        for (var index = 0; index < count; index++)
        {
            _record.Pass(step + index);
        }
    }

    public void LeaveToCaller(int step) => _record.LeaveToCaller(step);

    /// <summary>Notes that a step does not hold, with the refusal of the part that found it.</summary>
    public MedIdError Fail(int step, MedIdError error)
    {
        _record.Fail(step);
        return error;
    }

    /// <summary>Notes that a step does not hold.</summary>
    public MedIdError Fail(int step, string code, ErrorCategory category, string? detail = null) => Fail(step, new MedIdError(code, category, $"{section} step {step}", detail));

    /// <summary>Notes the outcome of a step: null when it holds.</summary>
    public MedIdError? Judge(int step, bool holds, string code, ErrorCategory category, string? detail = null)
    {
        if (!holds)
        {
            return Fail(step, code, category, detail);
        }

        Pass(step);
        return null;
    }
}
