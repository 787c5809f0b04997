namespace MedId.Samples.DoctorAuthOp;

/// <summary>The refusals of this sample OP.</summary>
internal static class DoctorOpErrorCodes
{
    /// <summary>Wrong user name or password; nobody is told which.</summary>
    public const string SignInRefused = "doctor_op.sign_in_refused";

    /// <summary>Too many wrong passwords for this user name lately; not judged.</summary>
    public const string SignInLocked = "doctor_op.sign_in_locked";

    /// <summary>The session is unknown, over, or was begun by another client.</summary>
    public const string SessionUnknown = "doctor_op.session_unknown";

    /// <summary>The audience is no patient OP that this OP knows.</summary>
    public const string AudienceUnknown = "doctor_op.audience_unknown";

    /// <summary>A token exchange for other token types than session and evidence, or with more than this OP does.</summary>
    public const string ExchangeUnsupported = "doctor_op.exchange_unsupported";
}
