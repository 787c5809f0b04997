namespace MedId.Samples.ConsentedAccess;

/// <summary>What happens after the record was read.</summary>
internal enum Afterwards
{
    /// <summary>The patient looks at the history.</summary>
    History,

    /// <summary>The patient withdraws; the EHR reads again with the same token.</summary>
    WithdrawAndReadAgain,

    /// <summary>The EHR asks for another patient's record with this patient's token.</summary>
    ReadOtherPatient,

    /// <summary>The EHR asks once more with the members of <see cref="Scenario.Again"/>, and is refused.</summary>
    AskAgain,

    /// <summary>The EHR refreshes its token and reads; then the patient withdraws, and refreshing is over.</summary>
    RefreshThenWithdraw,

    /// <summary>The EHR reads once more with the same token, without asking.</summary>
    ReadLater,

    /// <summary>The OP publishes another notice; reading with the same token is over, and the EHR asks again.</summary>
    ChangeNotice,

    /// <summary>The phone is reported lost; the EHR reads again with the same token; the person is recovered with a new phone.</summary>
    LoseThePhone,

    /// <summary>The relation by which the proxy agreed is ended; the EHR reads again with the same token.</summary>
    EndTheRelation,
}
