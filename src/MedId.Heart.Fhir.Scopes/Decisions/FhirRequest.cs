using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A FHIR R4 request, reduced to what scopes decide on: interaction, type, id, and what a search looks at besides.</summary>
public sealed class FhirRequest
{
    internal FhirRequest(FhirInteraction interaction, FhirResourceType? type, string? id)
    {
        Interaction = interaction;
        Type = type;
        Id = id;
    }

    /// <summary>The interaction.</summary>
    public FhirInteraction Interaction { get; }

    /// <summary>The resource type; null for requests to the whole server.</summary>
    public string? ResourceType => Type?.Name;

    /// <summary>The resource's id; null for requests to a type or the whole server.</summary>
    public string? Id { get; }

    /// <summary>The version of <see cref="FhirInteraction.VersionRead"/>.</summary>
    public string? VersionId { get; internal init; }

    /// <summary>Whether a search decides what is written (If-None-Exist, or a search in place of the id): the token needs search as well.</summary>
    public bool IsConditional { get; internal init; }

    /// <summary>The operation with its <c>$</c>; <c>_query</c> for a named query.</summary>
    public string? OperationName { get; internal init; }

    /// <summary>The type of the compartment that is searched (<c>Patient</c> in <c>Patient/p1/Observation</c>); else null.</summary>
    public string? CompartmentType { get; internal init; }

    /// <summary>The id of the compartment that is searched.</summary>
    public string? CompartmentId { get; internal init; }

    /// <summary>The parameters of the query, and of the form of <c>_search</c>.</summary>
    public IReadOnlyList<FhirSearchParameter> Parameters { get; internal init; } = [];

    /// <summary>The types that <c>_type</c> limits a search of the whole server to; empty means every type.</summary>
    public IReadOnlyList<string> SearchedTypes { get; internal init; } = [];

    /// <summary>The types that chains and <c>_has</c> look into, <c>*</c> where that is open; the token needs search on each.</summary>
    public IReadOnlyList<string> ChainedTypes { get; private init; } = [];

    internal FhirResourceType? Type { get; }

    internal IReadOnlyList<ChainedType> Chained
    {
        get;
        init
        {
            field = value;
            ChainedTypes = [.. value.Select(one => one.Name).Distinct(StringComparer.Ordinal)];
        }
    } = [];

    /// <summary>Reads a request line.</summary>
    /// <param name="method">The HTTP method; HEAD counts as GET.</param>
    /// <param name="pathAndQuery">What follows the service base, as sent (not decoded): <c>Observation/o1</c>, <c>/Observation?category=laboratory</c>. At most 32,768 characters.</param>
    /// <param name="form">The body of <c>POST …/_search</c> (application/x-www-form-urlencoded).</param>
    /// <param name="ifNoneExist">The If-None-Exist header of a conditional create; it has to name a criterion.</param>
    /// <returns>The request; or <see cref="ScopesErrorCodes.RequestMalformed"/>, <see cref="ScopesErrorCodes.TypeUnknown"/>, <see cref="ScopesErrorCodes.LimitExceeded"/>.</returns>
    public static MedIdResult<FhirRequest> Parse(string method, string pathAndQuery, string? form = null, string? ifNoneExist = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(pathAndQuery);
        return FhirRequestReader.Read(method, pathAndQuery, form, ifNoneExist);
    }

    /// <summary>A request that the server has routed itself, without parameters.</summary>
    /// <param name="interaction">Any but <see cref="FhirInteraction.Operation"/>.</param>
    /// <param name="resourceType">The type; null for requests to the whole server.</param>
    /// <param name="id">The id, where the interaction has one.</param>
    /// <exception cref="ArgumentException">The type is unknown, or type and id do not fit the interaction.</exception>
    public static FhirRequest For(FhirInteraction interaction, string? resourceType = null, string? id = null)
    {
        if (interaction == FhirInteraction.Operation)
        {
            throw new ArgumentException("An operation has a name.", nameof(interaction));
        }

        var type = KnownType(resourceType);
        var wantsType = interaction is not (FhirInteraction.Capabilities or FhirInteraction.SystemHistory or FhirInteraction.SystemSearch or FhirInteraction.Bundle);
        if (wantsType != (type is not null))
        {
            throw new ArgumentException("The interaction and the type do not fit.", nameof(resourceType));
        }

        var wantsId = interaction is FhirInteraction.Read or FhirInteraction.VersionRead or FhirInteraction.InstanceHistory or FhirInteraction.Update or FhirInteraction.Patch or FhirInteraction.Delete;
        if (wantsId != (id is not null))
        {
            throw new ArgumentException("The interaction and the id do not fit.", nameof(id));
        }

        return new(interaction, type, KnownId(id));
    }

    /// <summary>An operation that the server has routed itself.</summary>
    /// <param name="name">The name with its <c>$</c>.</param>
    /// <param name="resourceType">The type that it is called on; null for the whole server.</param>
    /// <param name="id">The resource that it is called on.</param>
    /// <exception cref="ArgumentException">The name has no <c>$</c>, the type is unknown, or the id is none or has no type.</exception>
    public static FhirRequest ForOperation(string name, string? resourceType = null, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (id is not null && resourceType is null)
        {
            throw new ArgumentException("An id has a type.", nameof(id));
        }

        return name.StartsWith('$')
            ? new(FhirInteraction.Operation, KnownType(resourceType), KnownId(id)) { OperationName = name }
            : throw new ArgumentException("The name of an operation begins with $.", nameof(name));
    }

    /// <summary>Interaction and type; never ids or values.</summary>
    public override string ToString() => OperationName ?? (ResourceType is null ? Interaction.ToString() : Interaction + " " + ResourceType);

    private static FhirResourceType? KnownType(string? name) =>
        name is null ? null : FhirResourceTypes.Find(name.AsSpan()) ?? throw new ArgumentException("Not a type of FHIR R4.", nameof(name));

    private static string? KnownId(string? id) => id is null || FhirId.IsValid(id) ? id : throw new ArgumentException("Not a FHIR id.", nameof(id));
}
