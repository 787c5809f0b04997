namespace MedId.Provider;

/// <summary>What an audit line tells of. The name in data is the member's name in kebab case: <c>request-opened</c>.</summary>
public enum AuditEventKind
{
    /// <summary>A client asked for data and the request waits for the person.</summary>
    RequestOpened,

    /// <summary>A client's request was refused at the backchannel endpoint.</summary>
    RequestRefused,

    /// <summary>A consent was given and its request approved.</summary>
    ConsentGiven,

    /// <summary>The person said no.</summary>
    ConsentDenied,

    /// <summary>The person was told of what had been decided without asking them.</summary>
    PersonTold,

    /// <summary>The first tokens of a consent.</summary>
    TokenIssued,

    /// <summary>Tokens by a refresh token.</summary>
    TokenRefreshed,

    /// <summary>A refresh token was refused.</summary>
    RefreshRefused,

    /// <summary>A resource server was told that a token is active: data is read by it.</summary>
    DataAccessed,

    /// <summary>A consent was taken back.</summary>
    ConsentWithdrawn,

    /// <summary>A client gave its tokens back.</summary>
    TokenRevoked,

    /// <summary>A device was enrolled.</summary>
    DeviceEnrolled,

    /// <summary>A device's state or name changed; the event is the reason.</summary>
    DeviceChanged,

    /// <summary>An account's state changed; the event is the reason.</summary>
    AccountChanged,

    /// <summary>A standing consent was given: beforehand, on paper, orally.</summary>
    StandingConsentGiven,

    /// <summary>A standing consent was taken back.</summary>
    StandingConsentWithdrawn,

    /// <summary>A relation between a person and a proxy was made, changed or ended.</summary>
    ProxyRelationChanged,

    /// <summary>A one-time code was made.</summary>
    CodeMade,

    /// <summary>A one-time code was used.</summary>
    CodeUsed,

    /// <summary>A one-time code was wrong, used or over.</summary>
    CodeFailed,

    /// <summary>Data was opened by breaking the glass.</summary>
    BreakGlassUsed,

    /// <summary>A clerk acted at a desk; the reason says what.</summary>
    DeskAct,

    /// <summary>An administrator or the OP itself changed something; the reason says what.</summary>
    Administration,

    /// <summary>An operator registered, changed, suspended, resumed or removed a client or resource server, or gave it a new secret; the reason says which.</summary>
    ClientChanged,

    /// <summary>A signing key was published, began to sign, was retired, revoked or forgotten; the reason says which.</summary>
    KeyChanged,

    /// <summary>An operator changed whom this OP believes: doctor OPs, trust frameworks, what is said about recipients.</summary>
    TrustChanged,

    /// <summary>An operator engaged or released the kill switch.</summary>
    SwitchChanged,

    /// <summary>An operator cancelled a waiting request.</summary>
    RequestCancelled,

    /// <summary>An operator looked at something; the reason says at what.</summary>
    AdministrationRead,

    /// <summary>An operator read or verified the audit trail.</summary>
    AuditRead,

    /// <summary>An operator's call was refused; the reason says which.</summary>
    AdministrationRefused,
}
