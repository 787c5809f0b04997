using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>The one form of audit entries and heads. What is read has to be the bytes that writing would give.</summary>
internal static class AuditJson
{
    private const string EntryType = "medid-audit/1";
    private const string HeadType = "medid-audit-head/1";
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string Section = "MedIdSdk audit trail";
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => new(time.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    public static string Spell(DateTimeOffset time) => time.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);

    public static string NameOf<T>(T member)
        where T : struct, Enum => Names<T>.Words.TryGetValue(member, out var word) ? word : JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());

    public static byte[] Write(AuditEntry entry) => Canonical(json =>
    {
        var line = entry.Line;
        json.WriteStartArray("agents");
        foreach (var agent in line.Agents)
        {
            json.WriteStartObject();
            Text(json, "id", agent.Id);
            Text(json, "issuer", agent.Issuer);
            Text(json, "kind", NameOf(agent.Kind));
            Text(json, "organization", agent.OrganizationId);
            Text(json, "role", agent.Role);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Text(json, "at", Spell(line.At));
        Text(json, "consent", line.ConsentId);
        Text(json, "error", line.ErrorCode);
        Text(json, "event", NameOf(line.Event));
        Text(json, "object", line.ObjectId);
        Text(json, "outcome", NameOf(line.Outcome));
        Text(json, "previous", entry.Previous);
        Text(json, "purpose", line.Purpose);
        Text(json, "reason", line.Reason);
        Text(json, "request", line.RequestId);
        Text(json, "resource", line.Resource);
        json.WriteStartArray("scopes");
        foreach (var scope in line.Scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteNumber("sequence", entry.Sequence);
        Text(json, "subject", line.Subject);
        Text(json, "tenant", entry.Tenant.Value);
        Text(json, "type", EntryType);
    });

    public static byte[] Write(AuditHead head) => Canonical(json =>
    {
        Text(json, "at", head.At is { } at ? Spell(at) : null);
        Text(json, "digest", head.Digest);
        json.WriteNumber("length", head.Length);
        Text(json, "tenant", head.Tenant.Value);
        Text(json, "type", HeadType);
    });

    public static MedIdResult<AuditEntry> Read(ReadOnlyMemory<byte> utf8)
    {
        var parsed = StrictJson.ParseObject(utf8, maxDepth: 4, maxBytes: AuditEntry.MaxBytes);
        if (!parsed.Succeeded)
        {
            return Malformed("not JSON");
        }

        var json = parsed.Value;
        if (Text(json, "type") != EntryType || TenantOf(json) is not { } tenant || !json.TryGetProperty("sequence", out var place) || !place.TryGetInt64(out var sequence)
            || sequence < 1 || Named<AuditEventKind>(Text(json, "event")) is not { } happened || Named<AuditOutcome>(Text(json, "outcome")) is not { } outcome
            || !DateTimeOffset.TryParseExact(Text(json, "at"), Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            || ReadAgents(json) is not { } agents || ReadScopes(json) is not { } scopes)
        {
            return Malformed("a member is missing or wrong");
        }

        var entry = new AuditEntry
        {
            Tenant = tenant,
            Sequence = sequence,
            Previous = Text(json, "previous"),
            Line = new()
            {
                Event = happened,
                At = at,
                Outcome = outcome,
                Agents = agents,
                Subject = Text(json, "subject"),
                ConsentId = Text(json, "consent"),
                RequestId = Text(json, "request"),
                ObjectId = Text(json, "object"),
                Resource = Text(json, "resource"),
                Scopes = scopes,
                Purpose = Text(json, "purpose"),
                Reason = Text(json, "reason"),
                ErrorCode = Text(json, "error"),
            },
        };
        return (entry.Previous is null) == (sequence == 1) && Write(entry).AsSpan().SequenceEqual(utf8.Span) ? entry : Malformed("not in canonical form");
    }

    private static TenantId? TenantOf(JsonElement json) =>
        Text(json, "tenant") is { Length: > 0 and <= 64 } tenant && tenant.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? new TenantId(tenant) : null;

    private static MedIdError Malformed(string detail) => new(ProviderErrorCodes.AuditMalformed, ErrorCategory.Malformed, Section, detail);

    private static List<AuditAgent>? ReadAgents(JsonElement json)
    {
        if (!json.TryGetProperty("agents", out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var agents = new List<AuditAgent>();
        foreach (var agent in array.EnumerateArray())
        {
            if (agent.ValueKind != JsonValueKind.Object || Named<AuditAgentKind>(Text(agent, "kind")) is not { } kind)
            {
                return null;
            }

            agents.Add(new() { Kind = kind, Id = Text(agent, "id"), Issuer = Text(agent, "issuer"), Role = Text(agent, "role"), OrganizationId = Text(agent, "organization") });
        }

        return agents;
    }

    private static List<string>? ReadScopes(JsonElement json)
    {
        if (!json.TryGetProperty("scopes", out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var scopes = new List<string>();
        foreach (var scope in array.EnumerateArray())
        {
            if (scope.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            scopes.Add(scope.GetString()!);
        }

        return scopes;
    }

    private static T? Named<T>(string? name)
        where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
        {
            if (string.Equals(NameOf(member), name, StringComparison.Ordinal))
            {
                return member;
            }
        }

        return null;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // What is not there is not written: a line is read often and is kept for years.
    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static byte[] Canonical(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Unescaped))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return CanonicalJson.OfSorted(buffer.WrittenSpan);
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>().ToFrozenDictionary(member => member, member => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString()));
    }
}
