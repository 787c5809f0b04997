using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>One state of a resource: raw FHIR JSON, or facts of the server's index. <c>default</c> is no resource.</summary>
/// <remarks>Parse incoming JSON with <see cref="JsonDocumentOptions.AllowDuplicateProperties"/> false: a doubled member could otherwise be read one way here and another way by the store.</remarks>
public readonly record struct ResourceImage
{
    private readonly Context? _securityContext;

    private ResourceImage(JsonElement json, ResourceFacts? facts, Context? securityContext)
    {
        Json = json;
        Facts = facts;
        _securityContext = securityContext;
    }

    /// <summary>Whether there is a resource.</summary>
    public bool IsPresent => Facts is not null || Json.ValueKind != JsonValueKind.Undefined;

    internal JsonElement Json { get; }

    internal ResourceFacts? Facts { get; }

    internal ResourceImage SecurityContext => _securityContext?.Image ?? default;

    /// <summary>A resource as raw JSON.</summary>
    public static implicit operator ResourceImage(JsonElement resource) => new(resource, null, null);

    /// <summary>A resource as facts.</summary>
    public static implicit operator ResourceImage(ResourceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(default, facts, null);
    }

    /// <summary>A Binary with the resource that its <c>securityContext</c> names: whoever may see that resource's patient may see the Binary (FHIR R4 Binary).</summary>
    /// <param name="securityContext">The resource; compared with the reference.</param>
    public ResourceImage WithSecurityContext(ResourceImage securityContext) => new(Json, Facts, new(securityContext));

    /// <summary>The type's name alone: a resource is personal data.</summary>
    public override string ToString() => nameof(ResourceImage);

    private sealed record Context(ResourceImage Image);
}
