namespace MedId.Samples.PatientPhone;

/// <summary>What this sample phone does wrong on purpose, so that the OP's refusal can be seen. No real app has such a switch.</summary>
internal enum Misbehaviour
{
    None,

    /// <summary>One bit of the last act's signature is flipped.</summary>
    TamperedAssertion,

    /// <summary>The answer of the last act is sent twice.</summary>
    ReplayedAssertion,

    /// <summary>The enrolment that began with one ticket is answered with another one.</summary>
    ForeignTicket,

    /// <summary>The app that asks the authenticator is none of the OP's.</summary>
    ForeignApp,
}
