namespace MedId.Consent;

/// <summary>One line of the manager's log, with the event names of the MeitY log where it has them.</summary>
/// <param name="At">When.</param>
/// <param name="Event">CONSENT-CREATED, CONSENT-REVOKED, DATA-SENT, DATA-DENIED; of our own CONSENT-REQUESTED, CONSENT-DENIED, CONSENT-PAUSED, CONSENT-RESUMED, CONSENT-EXPIRED, REVOCATION-REQUESTED, REVOCATION-CONFIRMED, TOLD, and DATA-SENT-AFTER-END, which asks for an inquiry.</param>
/// <param name="ConsentId">The consent; the request where there is none.</param>
/// <param name="Party">The party that it is about.</param>
/// <param name="Detail">The transfer, the message or a code; no data.</param>
public sealed record CollectorLogEntry(DateTimeOffset At, string Event, string ConsentId, string Party, string? Detail = null);
