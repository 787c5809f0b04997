using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MedId.Ciba.Server;

namespace MedId.Provider;

/// <summary>
/// The stored form of records, for every store that keeps them as text. Members that this version does not know are skipped, so that the next version can
/// add some while both run on one database; a member added later must not be required.
/// </summary>
internal static class RecordJson
{
    public static RecordJsonContext Context { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters =
        {
            new TenantIdJsonConverter(),
            // Names, not numbers: an order may change, a name is kept.
            new JsonStringEnumConverter<AccountStatus>(),
            new JsonStringEnumConverter<DeviceState>(),
            new JsonStringEnumConverter<LifeCycleActorKind>(),
            new JsonStringEnumConverter<ProofingLevel>(),
            new JsonStringEnumConverter<CeremonyKind>(),
            new JsonStringEnumConverter<CibaStatus>(),
            new JsonStringEnumConverter<CibaDeliveryMode>(),
            new JsonStringEnumConverter<Core.ConsentGroundKind>(),
            new JsonStringEnumConverter<Core.ConsentStatus>(),
            new JsonStringEnumConverter<Core.ProxyRelationship>(),
            new JsonStringEnumConverter<ProxyState>(),
            new JsonStringEnumConverter<StandingConsentKind>(),
            new JsonStringEnumConverter<Core.ConsentReuse>(),
        },
    });
}
