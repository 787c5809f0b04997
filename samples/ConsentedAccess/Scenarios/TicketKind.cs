namespace MedId.Samples.ConsentedAccess;

/// <summary>The ticket with which a phone comes to the patient OP.</summary>
internal enum TicketKind
{
    /// <summary>Given for the proofed patient, unused, in time.</summary>
    Fresh,

    /// <summary>The patient's, but a phone has enrolled with it already.</summary>
    Replayed,

    /// <summary>The patient's, one second old after a life of one second.</summary>
    Expired,
}
