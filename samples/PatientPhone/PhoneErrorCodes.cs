namespace MedId.Samples.PatientPhone;

/// <summary>Why the phone refuses what the OP, or somebody in the OP's name, sends it.</summary>
internal static class PhoneErrorCodes
{
    /// <summary>A push that is anything but <c>{"id":"…"}</c>.</summary>
    public const string PushMalformed = "phone.push_malformed";

    /// <summary>The challenge is not the labelled hash of what the phone knows; it is not signed.</summary>
    public const string ChallengeNotRecognised = "phone.challenge_not_recognised";

    /// <summary>The UAF request is for another application or operation than the one asked for.</summary>
    public const string RequestForeign = "phone.request_foreign";

    /// <summary>The OP's facet list does not name this app.</summary>
    public const string FacetNotListed = "phone.facet_not_listed";

    /// <summary>The notice is not the one of the push, not of this OP, over, or its digest is another.</summary>
    public const string NoticeNotRecognised = "phone.notice_not_recognised";

    /// <summary>What the OP wants signed is not what the person saw and chose.</summary>
    public const string TransactionNotRecognised = "phone.transaction_not_recognised";

    /// <summary>The OP answered something that this page of the contract does not know.</summary>
    public const string AnswerMalformed = "phone.answer_malformed";

    /// <summary>The OP answered with an HTTP status and no code.</summary>
    public const string AnswerRefused = "phone.answer_refused";

    /// <summary>The authenticator would not act.</summary>
    public const string AuthenticatorRefused = "phone.authenticator_refused";
}
