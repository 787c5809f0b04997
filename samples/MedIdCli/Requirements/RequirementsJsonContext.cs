using System.Text.Json.Serialization;

namespace MedId.Cli.Requirements;

// Strict in both directions: a member that is missing and a member that nobody knows are both typing errors.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackageRequirements))]
internal sealed partial class RequirementsJsonContext : JsonSerializerContext;
