namespace MedId.Ciba.Client;

/// <summary>
/// The proof that a person agreed that this relying party processes what it asks for: <see cref="CibaClient.StartAsync"/> takes one. Only <see cref="ProcessingConsents.ProveAsync"/>
/// makes it, from a stored record that stands, for one request about that person, and it is good for one minute.
/// </summary>
public sealed class ProcessingProof
{
    /// <summary>How long a proof is good: from looking into the record to sending the request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    internal ProcessingProof(ProcessingConsent consent, UserHint hint, DateTimeOffset madeAt) => (Consent, Hint, MadeAt) = (consent, hint, madeAt);

    /// <summary>The record.</summary>
    public ProcessingConsent Consent { get; }

    internal UserHint Hint { get; }

    internal DateTimeOffset MadeAt { get; }

    /// <summary>The record's id; nothing of the person.</summary>
    public override string ToString() => $"proof of {Consent}";

    /// <summary>Whether it is for this request of this client, now.</summary>
    internal bool Covers(BackchannelRequest request, string clientId, DateTimeOffset at) =>
        string.Equals(Consent.ClientId, clientId, StringComparison.Ordinal) && Hint == request.Hint && MadeAt <= at && at < MadeAt + Lifetime && Consent.IsActive(at);
}
