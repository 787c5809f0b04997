namespace MedId.Consent;

/// <content>Gateway, manager and the flow of data.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>The message's identifier is not a UUID in lower case.</summary>
    public const string MessageId = "consent.message_id";

    /// <summary>The message is more than 15 minutes old, or from more than 15 minutes ahead.</summary>
    public const string MessageTime = "consent.message_time";

    /// <summary>The message names another sender than the transport authenticated.</summary>
    public const string MessageSender = "consent.message_sender";

    /// <summary>A party is not known, or does not send this message to that one.</summary>
    public const string MessageRoute = "consent.message_route";

    /// <summary>The message does not fit the state of the consent, or is about another one.</summary>
    public const string MessageState = "consent.message_state";

    /// <summary>The terms lack a party or a limit, or contradict themselves: data life with an action other than STORE, none with it.</summary>
    public const string Terms = "consent.terms";

    /// <summary>More was granted than was asked for.</summary>
    public const string GrantWider = "consent.grant_wider";

    /// <summary>The consent is from another manager than the request says.</summary>
    public const string ForeignManager = "consent.foreign_manager";

    /// <summary>The artefact that the request is based on is not the one that was signed (account aggregator SignatureDoesNotMatch).</summary>
    public const string SignatureMismatch = "consent.signature_mismatch";

    /// <summary>The consent is for another recipient.</summary>
    public const string ForeignRecipient = "consent.foreign_recipient";

    /// <summary>The consent rests (ConsentPaused).</summary>
    public const string Paused = "consent.paused";

    /// <summary>The consent was taken back (ConsentRevoked).</summary>
    public const string Revoked = "consent.revoked";

    /// <summary>The consent is over (ConsentExpired).</summary>
    public const string Expired = "consent.expired";

    /// <summary>The consent was never given, or has not begun.</summary>
    public const string NotGiven = "consent.not_given";

    /// <summary>The consent says something that is not understood here, so that nothing can be decided by it.</summary>
    public const string NotDecidable = "consent.not_decidable";

    /// <summary>The consent does not open this data, purpose or time.</summary>
    public const string OutOfRange = "consent.out_of_range";

    /// <summary>The consent does not allow this use of data.</summary>
    public const string ModeNotAllowed = "consent.mode_not_allowed";

    /// <summary>Fetched once already, or as often as was agreed (InvalidConsentUse).</summary>
    public const string UseExceeded = "consent.use_exceeded";
}
