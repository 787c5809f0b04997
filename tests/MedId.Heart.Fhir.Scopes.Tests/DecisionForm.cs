namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>How the resources of a published decision are given.</summary>
internal enum DecisionForm
{
    /// <summary>The derived members, as a server's index would have them.</summary>
    Facts,

    /// <summary>The smallest raw JSON that has the derived members.</summary>
    MadeJson,

    /// <summary>Whole raw resources in the manner of JP Core; nothing derived.</summary>
    JpCore,
}
