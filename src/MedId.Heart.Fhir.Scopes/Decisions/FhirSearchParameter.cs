namespace MedId.Heart.Fhir.Scopes;

/// <summary>One parameter of a query string, decoded.</summary>
/// <param name="Name">With modifiers and chain: <c>subject:Patient.name</c>.</param>
/// <param name="Value">As sent; personal data, not for logs.</param>
public sealed record FhirSearchParameter(string Name, string Value)
{
    /// <summary>The name alone.</summary>
    public override string ToString() => Name;
}
