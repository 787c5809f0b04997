using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.PatientPhone;

/// <summary>A notice as it came, and everything the phone computes from it by itself.</summary>
internal sealed class Notice
{
    private const int MaxTransaction = 200;

    private Notice(JsonElement json) => Json = json;

    public JsonElement Json { get; }

    public IReadOnlyList<(string Scope, string Text)> Categories { get; private init; } = [];

    /// <summary>Takes the answer of <c>GET /device/requests/{id}</c>: a notice of this OP, for this request, not over, with the digest it claims.</summary>
    public static Notice Read(JsonElement answer, string issuer, string request, DateTimeOffset now) =>
        DateTimeOffset.TryParse(answer.Member("notice")?.Text("access_until"), out var until) && until > now
            ? ReadTold(answer, issuer, request)
            : throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);

    /// <summary>The same of what was opened without asking, which is read also when it is over.</summary>
    public static Notice ReadTold(JsonElement answer, string issuer, string request)
    {
        if (answer.Member("notice") is not { } json || json.Text("issuer") != issuer || json.Text("request") != request || json.Text("version") != "1"
            || answer.Text("notice_digest") != Digest(Canonical(json)))
        {
            throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);
        }

        var categories = json.Items("categories").Select(one => (Scope: one.Text("scope") ?? "", Text: one.Text("text") ?? "")).ToList();
        return categories.Count > 0 && categories.TrueForAll(one => one.Scope.Length > 0 && one.Text.Length > 0)
            ? new Notice(json) { Categories = categories }
            : throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);
    }

    /// <summary>The canonical choice for what the person kept; both lists in the order of the notice.</summary>
    public JsonObject Choice(IReadOnlySet<string> granted) => new()
    {
        ["button"] = "agree",
        ["confirmed"] = true,
        ["granted"] = new JsonArray([.. Categories.Where(one => granted.Contains(one.Scope)).Select(one => JsonValue.Create(one.Scope))]),
        ["refused"] = new JsonArray([.. Categories.Where(one => !granted.Contains(one.Scope)).Select(one => JsonValue.Create(one.Scope))]),
    };

    /// <summary>What the last act has to cover: the digest of choice and notice together.</summary>
    public string DigestWith(JsonObject choice)
    {
        using var both = JsonDocument.Parse(new JsonObject { ["choice"] = choice.DeepClone(), ["notice"] = JsonNode.Parse(Json.GetRawText()) }.ToJsonString());
        return Digest(Canonical(both.RootElement));
    }

    /// <summary>The ASCII line that the authenticator shows and signs.</summary>
    public string Transaction(string digest)
    {
        var client = Json.Member("recipient")?.Text("client_id") ?? throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);
        var message = Json.Text("binding_message");
        var shown = message is not null && message.All(c => c is >= ' ' and <= '~' and not ';') ? Line(client, message, digest) : null;
        return shown is { Length: <= MaxTransaction } ? shown : Line(client, "-", digest);
    }

    public static string Canonical(JsonElement json)
    {
        var canonical = JsonCanonicalizer.Canonicalize(json);
        return canonical.Succeeded ? Encoding.UTF8.GetString(canonical.Value) : throw new PhoneRefusedException(PhoneErrorCodes.NoticeNotRecognised);
    }

    private static string Line(string client, string message, string digest) => $"MedId consent v1; to={client}; msg={message}; sha-256={digest}";

    public static string Digest(string canonical) => StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
