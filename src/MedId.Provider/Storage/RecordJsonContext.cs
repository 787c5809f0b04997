using System.Text.Json.Serialization;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

[JsonSerializable(typeof(AccessDecision))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Ceremony))]
[JsonSerializable(typeof(CibaRequest))]
[JsonSerializable(typeof(ConsentGround))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(ConsentProxy))]
[JsonSerializable(typeof(Device))]
[JsonSerializable(typeof(EnrolmentTicket))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(LifeCycleEntry))]
[JsonSerializable(typeof(PreparedPush))]
[JsonSerializable(typeof(ProxyAppointment))]
[JsonSerializable(typeof(ProxyRelation))]
[JsonSerializable(typeof(RefreshTokenRecord))]
[JsonSerializable(typeof(StandingConsent))]
[JsonSerializable(typeof(string))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
