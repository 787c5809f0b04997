using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>
/// LABORATORIES ONLY: what opens an OP to steering by <c>/_lab</c>. Every hint finds a synthetic person, virtual authenticators act for them, clients register themselves, and a doctor is assumed where nobody
/// signed for one. Made before the OP is configured, because the OP has to know the models of its authenticators.
/// </summary>
public sealed class MedIdLab
{
    /// <summary>The scheme of the push addresses of virtual authenticators; nothing is sent to them.</summary>
    public const string PushScheme = "lab";

    /// <summary>The secret of <see cref="ResourceServer"/>: known to everybody.</summary>
    public const string WellKnownSecret = "a-secret-of-at-least-thirty-two-characters";

    private readonly Dictionary<string, SoftwareUafModel> _models = new(StringComparer.Ordinal)
    {
        [LabAuthenticators.Uaf] = SoftwareUafModel.Create(new() { Aaid = "FFFF#5A0A" }),
        [LabAuthenticators.UafSoftware] = SoftwareUafModel.Create(new()
        {
            Aaid = "FFFF#5A0B",
            Attestation = SoftwareUafAttestation.Surrogate,
            KeyProtection = Fido.Metadata.KeyProtections.Software,
        }),
    };

    /// <summary>The app that virtual UAF authenticators act for; one of the OP's facets.</summary>
    public required string FacetId { get; init; }

    /// <summary>The resources that every synthetic person is known at; the first is the default of every client.</summary>
    /// <value><c>https://fhir.example/r4</c>.</value>
    public IReadOnlyList<string> Resources { get; init; } = ["https://fhir.example/r4"];

    /// <summary>The resource server that may introspect, with client_secret_basic and <see cref="WellKnownSecret"/>.</summary>
    /// <value><c>lab-rs</c>.</value>
    public string ResourceServer { get; init; } = "lab-rs";

    /// <summary>User codes of people by their id.</summary>
    /// <value><c>alice</c> has <c>1234</c>.</value>
    public IReadOnlyDictionary<string, string> UserCodes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["alice"] = "1234" };

    /// <summary>What the OP has to know of the virtual UAF authenticators, as metadata of their models.</summary>
    public IReadOnlyList<UafMetadataStatement> MetadataStatements => [.. _models.Values.Select(model => UafMetadataStatement.Parse(model.MetadataStatement).Value!)];

    internal SoftwareUafModel ModelOf(string authenticator) => _models[authenticator];
}
