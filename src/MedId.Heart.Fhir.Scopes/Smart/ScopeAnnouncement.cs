using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// What a FHIR server says it understands, for <c>.well-known/smart-configuration</c> and the CapabilityStatement. A server that filters by label announces it by naming the label
/// scopes (HEART §3). Only what is decided here: endpoints, grants and PKCE are the authorization server's.
/// </summary>
public sealed record ScopeAnnouncement
{
    /// <summary>Whose records are open here.</summary>
    /// <value>Patient.</value>
    public IReadOnlyCollection<FhirPermissionType> PermissionTypes { get; init; } = [FhirPermissionType.Patient];

    /// <summary>The types that are served; <c>*</c> for all.</summary>
    /// <value><c>*</c>.</value>
    public IReadOnlyCollection<string> ResourceTypes { get; init; } = ["*"];

    /// <summary>The interactions that are served.</summary>
    /// <value>Read and search.</value>
    public FhirPermissions Permissions { get; init; } = FhirPermissions.ReadSearch;

    /// <summary>Whether a token may break the glass here.</summary>
    public bool BreakTheGlass { get; init; }

    /// <summary>Other scopes that the authorization server of this server knows, as <c>openid</c> and <c>launch/patient</c>.</summary>
    public IReadOnlyCollection<string> OtherScopes { get; init; } = [];

    /// <summary>The scopes that this server enforces, in both ways of writing where both can say it; every <c>conf/</c> and <c>sens/</c> code that it filters by.</summary>
    /// <exception cref="ArgumentException">A type is unknown.</exception>
    public IReadOnlyList<string> ScopesSupported()
    {
        var scopes = new List<string>(OtherScopes);
        foreach (var (owner, type) in from owner in PermissionTypes from type in ResourceTypes select (owner, type))
        {
            var scope = FhirScope.ForResource(owner, type, Permissions, FhirScopeSyntax.Cruds);
            scopes.Add(scope.Value);
            if (scope.Format(FhirScopeSyntax.ReadWrite) is { } words)
            {
                scopes.Add(words);
            }
        }

        scopes.AddRange(ConfidentialityCodes.All.Select(code => "conf/" + code));
        scopes.AddRange(SensitivityCodes.Known.Order(StringComparer.Ordinal).Select(code => "sens/" + code));
        if (BreakTheGlass)
        {
            scopes.Add("btg");
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The SMART capabilities that follow from it (SMART App Launch 2.2, conformance).</summary>
    public IReadOnlyList<string> Capabilities()
    {
        var capabilities = new List<string> { "permission-v1", "permission-v2" };
        if (PermissionTypes.Contains(FhirPermissionType.Patient))
        {
            capabilities.Add("permission-patient");
        }

        if (PermissionTypes.Contains(FhirPermissionType.User))
        {
            capabilities.Add("permission-user");
        }

        return capabilities;
    }

    /// <summary>Writes <c>scopes_supported</c> and <c>capabilities</c> into an object of the SMART configuration that has been begun.</summary>
    /// <param name="writer">Inside the object.</param>
    /// <param name="otherCapabilities">Those of the authorization server: <c>sso-openid-connect</c>, <c>context-standalone-patient</c>.</param>
    public void WriteSmartConfiguration(Utf8JsonWriter writer, IEnumerable<string>? otherCapabilities = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, "scopes_supported", ScopesSupported());
        Write(writer, "capabilities", Capabilities().Concat(otherCapabilities ?? []).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Writes the member <c>security</c> of a CapabilityStatement's <c>rest</c>: that SMART on FHIR is spoken, and in words by what is filtered.</summary>
    /// <param name="writer">Inside an element of <c>rest</c>.</param>
    public void WriteCapabilityStatement(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject("security"u8);
        writer.WriteStartArray("service"u8);
        writer.WriteStartObject();
        writer.WriteStartArray("coding"u8);
        writer.WriteStartObject();
        writer.WriteString("system"u8, "http://terminology.hl7.org/CodeSystem/restful-security-service"u8);
        writer.WriteString("code"u8, "SMART-on-FHIR"u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString(
            "description",
            "Scopes of SMART App Launch and HEART; what carries a confidentiality or sensitivity label is hidden from a token without its conf/ or sens/ scope."
            + (BreakTheGlass ? " The scope btg lifts that where it is accepted; every use is recorded." : ""));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
