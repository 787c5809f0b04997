namespace MedId.Heart.Fhir.Scopes;

/// <summary>Which scopes open an operation. Scopes say nothing about operations, so that each needs the server's own rule; several rules of one name are alternatives.</summary>
/// <param name="Name">The operation with its <c>$</c>, or <c>_query</c> for named queries.</param>
/// <param name="ResourceType">The type that it is called on; null for the whole server.</param>
/// <param name="OnInstance">Whether it is called on one resource.</param>
/// <param name="Needs">All that is needed; an empty list never grants.</param>
public sealed record OperationRule(string Name, string? ResourceType, bool OnInstance, IReadOnlyList<OperationNeed> Needs)
{
    private static readonly OperationNeed[] SystemReads = [new(FhirPermissionType.System, "*", FhirPermissions.ReadSearch)];

    /// <summary>
    /// <c>Patient/id/$everything</c> with read and search on every type, for that patient; <c>$export</c> of the server, of Patient and of one Group with <c>system/*.rs</c>, never with
    /// patient or user scopes.
    /// </summary>
    public static IReadOnlyList<OperationRule> Defaults { get; } =
    [
        .. Enum.GetValues<FhirPermissionType>().Select(type => new OperationRule("$everything", "Patient", OnInstance: true, [new(type, "*", FhirPermissions.ReadSearch)])),
        new("$export", null, OnInstance: false, SystemReads),
        new("$export", "Patient", OnInstance: false, SystemReads),
        new("$export", "Group", OnInstance: true, SystemReads),
    ];

    internal bool IsFor(FhirRequest request) =>
        string.Equals(Name, request.OperationName, StringComparison.Ordinal)
        && string.Equals(ResourceType, request.ResourceType, StringComparison.Ordinal)
        && OnInstance == request.Id is not null;
}
