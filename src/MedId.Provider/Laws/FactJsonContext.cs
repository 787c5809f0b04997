using System.Text.Json.Serialization;

namespace MedId.Provider;

[JsonSerializable(typeof(Dictionary<string, bool>))]
internal sealed partial class FactJsonContext : JsonSerializerContext;
