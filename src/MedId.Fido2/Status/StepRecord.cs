namespace MedId.Fido2;

/// <summary>The outcomes of up to 32 steps in three words, so that explaining costs nothing until somebody asks.</summary>
internal struct StepRecord
{
    private uint _passed;
    private uint _failed;
    private uint _callers;

    public void Pass(int step) => _passed |= 1u << step;

    public void Fail(int step) => _failed |= 1u << step;

    public void LeaveToCaller(int step) => _callers |= 1u << step;

    /// <summary>A failure outweighs what was noted before it.</summary>
    public readonly StepOutcome Of(int step) => (_failed >> step & 1) != 0 ? StepOutcome.Failed
        : (_passed >> step & 1) != 0 ? StepOutcome.Passed
        : (_callers >> step & 1) != 0 ? StepOutcome.CallersDuty
        : StepOutcome.NotApplicable;
}
