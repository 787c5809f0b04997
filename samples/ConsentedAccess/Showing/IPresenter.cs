namespace MedId.Samples.ConsentedAccess;

/// <summary>Shows a walk while it happens. Called from one thread at a time.</summary>
internal interface IPresenter
{
    void Begin(Scenario scenario);

    void Started(HostProcess host);

    void Report(StepReport report);

    /// <summary>A step was reported by everybody who has to; called in the order of the steps.</summary>
    void StepDone(int step, IReadOnlyList<StepReport> reports);

    void End(WalkOutcome outcome);

    /// <summary>After several scenarios.</summary>
    void Summary(IReadOnlyList<WalkOutcome> outcomes);
}
