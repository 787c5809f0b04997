using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary>The members of <c>scope decide</c> that are not the request or its resources.</summary>
internal static class ScopeInput
{
    public static readonly (string Name, FhirScopeSyntax Value)[] Syntaxes = [("read-write", FhirScopeSyntax.ReadWrite), ("cruds", FhirScopeSyntax.Cruds)];

    private static readonly (string Name, FhirPermissionType Value)[] Owners =
        [("patient", FhirPermissionType.Patient), ("user", FhirPermissionType.User), ("system", FhirPermissionType.System)];

    public static string Letters(FhirPermissions permissions) => string.Concat("cruds".Where((_, index) => ((int)permissions & (1 << index)) != 0));

    public static FhirTokenContext Token(CallInput? token, ConsentLimits? consent, DateTimeOffset at) => new()
    {
        Patient = token?.OptionalText("patient"),
        User = token?.OptionalText("user"),
        UserPatients = token?.OptionalTexts("userPatients")?.ToList() ?? [],
        Purpose = token?.OptionalText("purpose"),
        ClientId = token?.OptionalText("clientId"),

        // The vectors of the abstract form have the other name.
        BreakTheGlassAccepted = (token?.Flag("btgAccepted") ?? false) | (token?.Flag("btgAllowed") ?? false),
        Consent = consent,
        At = at,
    };

    public static ConsentLimits? Consent(CallInput? consent) => consent is null ? null : new()
    {
        ValidFrom = Time(consent, "validFrom"),
        ValidUntil = Time(consent, "validUntil"),
        Purposes = consent.OptionalTexts("purposes")?.ToList(),
        Recipients = consent.OptionalTexts("recipients")?.ToList(),
        Data = consent.OptionalTexts("data")?.Select(text => ConsentDataClass.Parse(text) is { Succeeded: true } read ? read.Value : throw consent.Value("data", "types of FHIR R4, as Observation?category=laboratory")).ToList(),
        DataFrom = Time(consent, "dataFrom"),
        DataUntil = Time(consent, "dataUntil"),
        TypesWithoutDate = consent.OptionalTexts("typesWithoutDate")?.ToList() ?? [],
    };

    public static ScopeDecisionOptions Options(CallInput? options, IReadOnlyList<OperationRule>? operations)
    {
        var said = new ScopeDecisionOptions();
        return said with
        {
            ServiceBase = options?.OptionalText("serviceBase"),
            SharedTypes = options?.OptionalTexts("sharedTypes")?.ToList() ?? said.SharedTypes,
            LinkedPatientsAreReadable = options?.OptionalFlag("linkedPatientsAreReadable") ?? said.LinkedPatientsAreReadable,
            RequireConfidentialityScope = options?.OptionalFlag("requireConfidentialityScope") ?? said.RequireConfidentialityScope,
            ConfidentialityIsOrdered = options?.OptionalFlag("confidentialityIsOrdered") ?? said.ConfidentialityIsOrdered,
            SensitivityIsHierarchy = options?.OptionalFlag("sensitivityIsHierarchy") ?? said.SensitivityIsHierarchy,
            RefuseForeignLabels = options?.OptionalFlag("refuseForeignLabels") ?? said.RefuseForeignLabels,
            BreakTheGlassPurposes = options?.OptionalTexts("breakTheGlassPurposes")?.ToList() ?? said.BreakTheGlassPurposes,
            Syntax = options?.OptionalChoice("syntax", Syntaxes) ?? said.Syntax,
            OperationRules = operations ?? said.OperationRules,
        };
    }

    /// <summary>Rules of the server: <c>{"name": "$everything", "resourceType": "Patient", "onInstance": true, "needs": ["patient/*.rs"]}</c>. Absent: those of the package.</summary>
    public static IReadOnlyList<OperationRule>? Operations(CallInput input) => input.OptionalObjects("operations")?.Select(rule => new OperationRule(
        rule.Text("name"),
        rule.OptionalText("resourceType"),
        rule.Flag("onInstance"),
        [.. (rule.OptionalTexts("needs") ?? throw rule.Missing("needs")).Select(text => Need(text) ?? throw rule.Value("needs", "resource scopes without constraint, as patient/*.rs"))])).ToList();

    /// <summary>A need as the abstract form writes it: <c>["system", "*", "rs"]</c>.</summary>
    public static OperationNeed? Need(string owner, string type, string letters) => Need($"{owner}/{type}.{letters}");

    public static string Name(FhirPermissionType owner) => Array.Find(Owners, o => o.Value == owner).Name;

    private static OperationNeed? Need(string text) =>
        FhirScope.Parse(text) is { Succeeded: true, Value: { Kind: FhirScopeKind.Resource, Constraints.Count: 0 } scope } ? new(scope.PermissionType, scope.ResourceType!, scope.Permissions) : null;

    private static DateTimeOffset? Time(CallInput input, string name) => input.Raw(name) is null ? null : input.Time(name);
}
