using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A kind of data that a consent speaks of: a FHIR type, or those of its resources that meet constraints.</summary>
public sealed class ConsentDataClass
{
    private ConsentDataClass(string resourceType, ScopeConstraint[] constraints)
    {
        ResourceType = resourceType;
        ConstraintArray = constraints;
    }

    /// <summary>The type.</summary>
    public string ResourceType { get; }

    /// <summary>What a resource has to meet besides; all of them.</summary>
    public IReadOnlyList<ScopeConstraint> Constraints => ConstraintArray;

    internal ScopeConstraint[] ConstraintArray { get; }

    /// <summary>Reads <c>Observation</c> or <c>Observation?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory</c>: the constraint of a SMART v2 scope.</summary>
    /// <param name="text">The class; a star is none, because a consent says what it is about.</param>
    /// <returns>The class; or <see cref="ScopesErrorCodes.Malformed"/>, <see cref="ScopesErrorCodes.TypeUnknown"/>, <see cref="ScopesErrorCodes.ConstraintUnsupported"/>.</returns>
    public static MedIdResult<ConsentDataClass> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var question = text.IndexOf('?', StringComparison.Ordinal);
        var scope = FhirScope.Parse(question < 0 ? $"patient/{text}.rs" : $"patient/{text[..question]}.rs{text[question..]}");
        return scope switch
        {
            { Succeeded: false } => scope.Error,
            { Value: { ResourceType: "*" } or { Kind: not FhirScopeKind.Resource } } => new MedIdError(ScopesErrorCodes.TypeUnknown, ErrorCategory.Unsupported, "FHIR R4 resource list"),
            _ => new ConsentDataClass(scope.Value.ResourceType!, scope.Value.ConstraintArray),
        };
    }

    /// <summary>The class as it is read.</summary>
    public override string ToString() => ConstraintArray.Length == 0 ? ResourceType : ResourceType + "?" + string.Join('&', Constraints.Select(constraint => constraint.ToQuery()));
}
