using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What no standard fixes. The defaults refuse where texts are open; every one that is changed should stand in the server's documentation.</summary>
public sealed record ScopeDecisionOptions
{
    private string? _serviceBase;

    /// <summary>The address under which this server stores absolute references, ending in a slash or not; absolute references to anything else are never this server's patients.</summary>
    /// <value>null: only relative references count.</value>
    public string? ServiceBase
    {
        get => _serviceBase;
        init
        {
            _serviceBase = value;
            Utf8ServiceBase = value is null ? [] : Encoding.UTF8.GetBytes(value.TrimEnd('/') + "/");
        }
    }

    /// <summary>Types without a patient that a <c>patient/</c> scope naming them, or <c>*</c>, may read and search, never write. Device only where it names no patient or this one.</summary>
    /// <value>Device, Location, Medication, Organization, Practitioner.</value>
    public IReadOnlyCollection<string> SharedTypes { get; init; } = ["Device", "Location", "Medication", "Organization", "Practitioner"];

    /// <summary>Whether another Patient resource that links to the token's patient may be read, as the R4 compartment says. It is never written by a patient scope.</summary>
    /// <value>true.</value>
    public bool LinkedPatientsAreReadable { get; init; } = true;

    /// <summary>Whether also U, L, M, N, and resources without any confidentiality label (taken for N), need their <c>conf/</c> scope.</summary>
    /// <value>false: HEART §3 does not say; normal data needs none.</value>
    public bool RequireConfidentialityScope { get; init; }

    /// <summary>Whether a higher <c>conf/</c> scope uncovers lower labels (U&lt;L&lt;M&lt;N&lt;R&lt;V).</summary>
    /// <value>false: exact match.</value>
    public bool ConfidentialityIsOrdered { get; init; }

    /// <summary>Whether a <c>sens/</c> scope uncovers the codes below it in ActCode (SPI over PSY).</summary>
    /// <value>false: exact match.</value>
    public bool SensitivityIsHierarchy { get; init; }

    /// <summary>Whether a security label of a code system that this package does not know hides the resource. No HEART scope can uncover it.</summary>
    /// <value>true.</value>
    public bool RefuseForeignLabels { get; init; } = true;

    /// <summary>The purposes for which <c>btg</c> works.</summary>
    /// <value>Empty: any; <see cref="FhirTokenContext.BreakTheGlassAccepted"/> decides alone.</value>
    public IReadOnlyCollection<string> BreakTheGlassPurposes { get; init; } = [];

    /// <summary>How a needed scope is named in a refusal.</summary>
    /// <value><see cref="FhirScopeSyntax.ReadWrite"/>, as HEART writes it.</value>
    public FhirScopeSyntax Syntax { get; init; } = FhirScopeSyntax.ReadWrite;

    /// <summary>Whether the user may reach a resource by a <c>user/</c> scope. It has to be pure and to throw nothing.</summary>
    /// <value>
    /// null: resources in the record of one of <see cref="FhirTokenContext.UserPatients"/>; of types that belong to no patient, reading those that name nobody else. A stored Bundle is
    /// opened and a Patient is made by nobody.
    /// </value>
    public Func<UserAccess, bool>? UserRule { get; init; }

    /// <summary>The operations that scopes may open; any other is refused.</summary>
    /// <value><see cref="OperationRule.Defaults"/>.</value>
    public IReadOnlyList<OperationRule> OperationRules { get; init; } = OperationRule.Defaults;

    internal byte[] Utf8ServiceBase { get; private init; } = [];
}
