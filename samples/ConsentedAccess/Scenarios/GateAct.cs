namespace MedId.Samples.ConsentedAccess;

/// <summary>What the main job does between the patient OP and everybody else.</summary>
internal enum GateAct
{
    /// <summary>There is no gate.</summary>
    None,

    /// <summary>Kills the patient OP after a step and starts it again before the next request passes.</summary>
    KillAfterStep,

    /// <summary>Once the request is approved, polls with the EHR's key at the same time as the EHR.</summary>
    SecondRedeemer,

    /// <summary>Polls with the EHR's key when the EHR has given up.</summary>
    LatePoll,
}
