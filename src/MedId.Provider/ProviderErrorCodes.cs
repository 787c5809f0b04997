namespace MedId.Provider;

/// <summary>The refusals of this package.</summary>
public static partial class ProviderErrorCodes
{
    /// <summary>The signed request carries no doctor evidence; evidence beside a signed request does not count.</summary>
    public const string PractitionerEvidenceMissing = "provider.practitioner_evidence_missing";

    /// <summary>The evidence is not of a form that can be read.</summary>
    public const string PractitionerEvidenceMalformed = "provider.practitioner_evidence_malformed";

    /// <summary>The evidence's issuer is not trusted, its signature does not verify, or its keys cannot be had.</summary>
    public const string PractitionerEvidenceUntrusted = "provider.practitioner_evidence_untrusted";

    /// <summary>The evidence was made for another client or another OP.</summary>
    public const string PractitionerEvidenceForeign = "provider.practitioner_evidence_foreign";

    /// <summary>The evidence is past its end, too long-lived, or not valid yet.</summary>
    public const string PractitionerEvidenceExpired = "provider.practitioner_evidence_expired";

    /// <summary>The evidence was used before.</summary>
    public const string PractitionerEvidenceReplayed = "provider.practitioner_evidence_replayed";

    /// <summary>The evidence names no name, role or institution.</summary>
    public const string PractitionerEvidenceIncomplete = "provider.practitioner_evidence_incomplete";

    /// <summary>Whether the doctor's own evidence is good cannot be said: revocation information is missing or stale. Worth another try.</summary>
    public const string PractitionerEvidenceUndetermined = "provider.practitioner_evidence_undetermined";

    /// <summary>The doctor has no qualification that is granted, or none that may ask for the scopes.</summary>
    public const string PractitionerNotEntitled = "provider.practitioner_not_entitled";

    /// <summary>The purpose of use is not one that this OP accepts.</summary>
    public const string PurposeNotAccepted = "provider.purpose_not_accepted";

    /// <summary>No resource scope was asked for, or one that this OP cannot put into words.</summary>
    public const string ScopeNotAccepted = "provider.scope_not_accepted";

    /// <summary>The resource does not know this person.</summary>
    public const string PatientNotKnownAtResource = "provider.patient_not_known_at_resource";

    /// <summary>The person has no enrolled device.</summary>
    public const string NoDevice = "provider.no_device";

    /// <summary>The account is unknown or not active; as the answer to an event: it is suspended.</summary>
    public const string AccountSuspended = "provider.account_suspended";

    /// <summary>No such account.</summary>
    public const string AccountUnknown = "provider.account_unknown";

    /// <summary>The account is active: the event does not apply.</summary>
    public const string AccountActive = "provider.account_active";

    /// <summary>The account is established and not active: the event does not apply.</summary>
    public const string AccountEstablished = "provider.account_established";

    /// <summary>The account is archived: the event does not apply.</summary>
    public const string AccountArchived = "provider.account_archived";

    /// <summary>The person has no such device.</summary>
    public const string DeviceUnknown = "provider.device_unknown";

    /// <summary>The device is active: the event does not apply.</summary>
    public const string DeviceActive = "provider.device_active";

    /// <summary>The device is suspended.</summary>
    public const string DeviceSuspended = "provider.device_suspended";

    /// <summary>The device was reported lost.</summary>
    public const string DeviceLost = "provider.device_lost";

    /// <summary>The device is past its end.</summary>
    public const string DeviceExpired = "provider.device_expired";

    /// <summary>Another device took the device's place.</summary>
    public const string DeviceReplaced = "provider.device_replaced";

    /// <summary>The device was revoked.</summary>
    public const string DeviceRevoked = "provider.device_revoked";

    /// <summary>The name for a device is empty, too long, or holds characters that are not shown.</summary>
    public const string DeviceNameRefused = "provider.device_name_refused";

    /// <summary>It is the last device that may act: say that none shall be left, or have a ticket issued in the same step.</summary>
    public const string LastDevice = "provider.last_device";

    /// <summary>The person was checked less well than for a device that the account had before.</summary>
    public const string ProofingTooWeak = "provider.proofing_too_weak";

    /// <summary>The message of the phone is not of the expected form.</summary>
    public const string DeviceMessageMalformed = "provider.device_message_malformed";

    /// <summary>The enrolment ticket is unknown.</summary>
    public const string TicketUnknown = "provider.ticket_unknown";

    /// <summary>The enrolment ticket was used before.</summary>
    public const string TicketReplayed = "provider.ticket_replayed";

    /// <summary>The enrolment ticket is past its end.</summary>
    public const string TicketExpired = "provider.ticket_expired";

    /// <summary>The enrolment ticket is not the one with which this enrolment began.</summary>
    public const string TicketForeign = "provider.ticket_foreign";

    /// <summary>The push address is not acceptable.</summary>
    public const string PushAddressRefused = "provider.push_address_refused";

    /// <summary>The act is unknown, was answered before, or is past its end.</summary>
    public const string CeremonyUnknown = "provider.ceremony_unknown";

    /// <summary>The request is unknown to this device, or decided already.</summary>
    public const string RequestNotPending = "provider.request_not_pending";

    /// <summary>The request is past its end.</summary>
    public const string RequestExpired = "provider.request_expired";

    /// <summary>The device token is unknown, past its end, or for something else.</summary>
    public const string DeviceTokenRefused = "provider.device_token_refused";

    /// <summary>The choice was not confirmed, is empty, or names what was not shown.</summary>
    public const string ChoiceRefused = "provider.choice_refused";

    /// <summary>The evidence of the act satisfies none of the requested classes.</summary>
    public const string AcrNotMet = "provider.acr_not_met";

    /// <summary>Another act moved the authenticator's counter meanwhile.</summary>
    public const string CounterMoved = "provider.counter_moved";

    /// <summary>No such consent of this person.</summary>
    public const string ConsentUnknown = "provider.consent_unknown";

    /// <summary>The calling client is not a registered terminal, or the act was begun at another one.</summary>
    public const string TerminalUnknown = "provider.terminal_unknown";

    /// <summary>The card is bound to no account of this OP.</summary>
    public const string CardNotBound = "provider.card_not_bound";

    /// <summary>The card's sign-in was made for another service.</summary>
    public const string CardForeign = "provider.card_foreign";

    /// <summary>The card is bound to an account already.</summary>
    public const string CardBound = "provider.card_bound";

    /// <summary>The card is not the one of the person whose request this is.</summary>
    public const string CardOfAnotherPerson = "provider.card_of_another_person";

    /// <summary>Nothing waits for this person that this terminal may show.</summary>
    public const string NothingWaiting = "provider.nothing_waiting";
}
