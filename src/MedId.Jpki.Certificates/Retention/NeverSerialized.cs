using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>Stands on every type that the law or good sense keeps out of storage: a serializer that meets one fails, instead of writing it down.</summary>
internal sealed class NeverSerialized : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => true;

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeToConvert.Name} is not serialised: {nameof(RetentionPolicy)} decides what may be kept.");
}
