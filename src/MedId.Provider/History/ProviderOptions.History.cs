using MedId.Signatures;

namespace MedId.Provider;

/// <content>The time-stamped history.</content>
public sealed partial class ProviderOptions
{
    /// <summary>
    /// That this OP has no time-stamping service: persons get their chained history, and no receipt that would show them that it was made anew. An OP says so, or names a service
    /// (<see cref="IHistoryTimestamps"/>); otherwise it does not start.
    /// </summary>
    /// <value>False.</value>
    public bool WithoutTimestampedHistory { get; set; }

    /// <summary>
    /// Whose time-stamps are kept. A stamp that is refused by it, or of a service that none of its anchors reaches, is not kept and is asked for again; whether the service was revoked is the patient's to judge with
    /// their own evidence.
    /// </summary>
    /// <value>Null: no service is known, and no stamp is kept.</value>
    public TimestampPolicy? HistoryTimestampPolicy { get; set; }
}
