using System.Text.Json.Serialization;

namespace MedId.Provider;

/// <summary>The bodies of this package's own messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnnounceState))]
[JsonSerializable(typeof(EndedState))]
[JsonSerializable(typeof(DecideState))]
[JsonSerializable(typeof(PersonalQuietHours.Stored))]
internal sealed partial class OutboxJson : JsonSerializerContext;
