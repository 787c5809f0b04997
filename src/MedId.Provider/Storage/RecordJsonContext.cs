using System.Text.Json.Serialization;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Ceremony))]
[JsonSerializable(typeof(CibaRequest))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(Device))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(RefreshTokenRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
