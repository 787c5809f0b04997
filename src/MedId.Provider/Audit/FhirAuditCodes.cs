namespace MedId.Provider;

/// <summary>
/// Which published codes say what our events and agents are; taken from the R4 definitions, bound by audit-event-type (DICOM PS3.16 CID 400 and more), audit-event-sub-type (CID 401 and more), audit-event-action and
/// participation-role-type. A test holds each code and its display against the published definitions.
/// </summary>
internal static class FhirAuditCodes
{
    private const string Dcm = "http://dicom.nema.org/resources/ontology/DCM";
    private const string ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private const string RoleClass = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
    private const string RoleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    private const string SecurityRole = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";

    private static readonly FhirAuditCoding Rest = new("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation");
    private static readonly FhirAuditCoding Operation = new("http://hl7.org/fhir/restful-interaction", "operation", "operation");
    private static readonly FhirAuditCoding UserAuthentication = new(Dcm, "110114", "User Authentication");
    private static readonly FhirAuditCoding SecurityAlert = new(Dcm, "110113", "Security Alert");
    private static readonly FhirAuditCoding UserSecurityAttributes = new(Dcm, "110137", "User security Attributes Changed");
    private static readonly FhirAuditCoding SecurityRoles = new(Dcm, "110136", "Security Roles Changed");
    private static readonly FhirAuditCoding SecurityConfiguration = new(Dcm, "110129", "Security Configuration");
    private static readonly FhirAuditCoding AuditLogUsed = new(Dcm, "110101", "Audit Log Used");
    private static readonly FhirAuditCoding EmergencyOverride = new(Dcm, "110127", "Emergency Override Started");

    /// <summary>The institution in whose name a practitioner or a clerk acts.</summary>
    public static FhirAuditCoding Institution { get; } = new(RoleClass, "PROV", "healthcare provider");

    /// <summary>Type, subtype and action of an event.</summary>
    public static (FhirAuditCoding Type, FhirAuditCoding? Subtype, string Action) Of(AuditEventKind happened) => happened switch
    {
        AuditEventKind.RequestOpened or AuditEventKind.RequestRefused or AuditEventKind.ConsentDenied => (Rest, Operation, "E"),
        AuditEventKind.ConsentGiven or AuditEventKind.StandingConsentGiven => (LifeCycle("originate", "Originate/Retain Record Lifecycle Event"), null, "C"),
        AuditEventKind.ConsentWithdrawn or AuditEventKind.StandingConsentWithdrawn => (LifeCycle("deprecate", "Deprecate Record Lifecycle Event"), null, "U"),
        AuditEventKind.PersonTold => (LifeCycle("transmit", "Transmit Record Lifecycle Event"), null, "E"),
        AuditEventKind.DataAccessed => (LifeCycle("access", "Access/View Record Lifecycle Event"), null, "R"),
        AuditEventKind.TokenIssued or AuditEventKind.TokenRefreshed or AuditEventKind.RefreshRefused or AuditEventKind.CodeUsed or AuditEventKind.CodeFailed => (UserAuthentication, null, "E"),
        AuditEventKind.DeviceEnrolled or AuditEventKind.CodeMade => (SecurityAlert, UserSecurityAttributes, "C"),
        AuditEventKind.DeviceChanged or AuditEventKind.AccountChanged or AuditEventKind.TokenRevoked or AuditEventKind.DeskAct => (SecurityAlert, UserSecurityAttributes, "U"),
        AuditEventKind.ProxyRelationChanged => (SecurityAlert, SecurityRoles, "U"),
        AuditEventKind.BreakGlassUsed => (SecurityAlert, EmergencyOverride, "E"),
        AuditEventKind.Administration or AuditEventKind.ClientChanged or AuditEventKind.KeyChanged or AuditEventKind.TrustChanged or AuditEventKind.SwitchChanged
            => (SecurityAlert, SecurityConfiguration, "U"),
        AuditEventKind.RequestCancelled => (Rest, Operation, "E"),
        AuditEventKind.AdministrationRead => (Rest, Operation, "R"),
        AuditEventKind.AdministrationRefused => (Rest, Operation, "E"),
        AuditEventKind.AuditRead => (AuditLogUsed, null, "R"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    /// <summary>The part of an agent, and the resource type that it is referred to by.</summary>
    public static (FhirAuditCoding Type, string Resource) Of(AuditAgentKind kind) => kind switch
    {
        AuditAgentKind.Client => (new(Dcm, "110150", "Application"), "Device"),
        AuditAgentKind.ResourceServer => (new(ParticipationType, "CST", "custodian"), "Device"),
        AuditAgentKind.Practitioner => (new(ParticipationType, "IRCP", "information recipient"), "Practitioner"),
        AuditAgentKind.Person => (new(RoleClass, "PAT", "patient"), "Patient"),
        AuditAgentKind.Proxy => (new(RoleCode, "DELEGATEE", "delegatee"), "RelatedPerson"),
        AuditAgentKind.Clerk or AuditAgentKind.Administrator => (new(SecurityRole, "humanuser", "human user"), "Practitioner"),
        AuditAgentKind.Op => (new(SecurityRole, "authserver", "authorization server"), "Device"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static FhirAuditCoding LifeCycle(string code, string display) => new("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", code, display);
}
