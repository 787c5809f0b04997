namespace MedId.Heart.Fhir.Scopes;

/// <summary>What the access token is bound to, as its introspection says: whose record, which user, and what was accepted for it.</summary>
/// <remarks>Make one for each token; the bytes to compare are prepared when it is made.</remarks>
public sealed record FhirTokenContext
{
    private string? _patient;
    private IReadOnlyCollection<string> _userPatients = [];

    /// <summary>A context bound to nothing: only <c>system/</c> scopes can grant.</summary>
    public static FhirTokenContext None { get; } = new();

    /// <summary>The id of the patient in context (SMART <c>patient</c>), without <c>Patient/</c>. What is no FHIR id names nobody.</summary>
    public string? Patient
    {
        get => _patient;
        init
        {
            _patient = value;
            PatientKey = PatientKey.Of(value);
            PatientKeys = PatientKey is { } key ? [key] : [];
        }
    }

    /// <summary>The user of the token, for <c>user/</c> scopes: <c>Practitioner/d1</c>.</summary>
    public string? User { get; init; }

    /// <summary>The ids of the patients whose records the user may reach; empty means none. <see cref="ScopeDecisionOptions.UserRule"/> may decide instead.</summary>
    public IReadOnlyCollection<string> UserPatients
    {
        get => _userPatients;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _userPatients = value;
            UserPatientKeys = [.. value.Select(PatientKey.Of).OfType<PatientKey>()];
        }
    }

    /// <summary>Whether the authorization server's and this server's policy accept breaking the glass for this token. The scope <c>btg</c> alone does nothing.</summary>
    public bool BreakTheGlassAccepted { get; init; }

    /// <summary>The purpose of use (v3 ActReason: TREAT, ETREAT, BTG); asked for by <see cref="ScopeDecisionOptions.BreakTheGlassPurposes"/>.</summary>
    public string? Purpose { get; init; }

    /// <summary>The client that the token was issued to; asked for by <see cref="ConsentLimits.Recipients"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>What the consent behind the token leaves of its scopes; null where the token has none, or where it is judged elsewhere.</summary>
    public ConsentLimits? Consent { get; init; }

    /// <summary>The time of the call; set it for each call where the consent has a period (<c>context with { At = now }</c>). Without it such a consent permits nothing.</summary>
    public DateTimeOffset? At { get; init; }

    internal PatientKey? PatientKey { get; private init; }

    /// <summary>The patient as a list of one, or of none.</summary>
    internal PatientKey[] PatientKeys { get; private init; } = [];

    internal PatientKey[] UserPatientKeys { get; private init; } = [];

    /// <summary>The type's name alone: a context is personal data.</summary>
    public override string ToString() => nameof(FhirTokenContext);
}
