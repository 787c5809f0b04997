using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Samples.ConsentedAccess;

/// <summary>A person's browser with a passkey, played by the main job. Like the page it recomputes what is to be signed and signs nothing else.</summary>
internal sealed class Browser(string op, string origin, ProtocolCalls calls, StepFeed feed)
{
    private readonly VirtualFido2Authenticator _passkey = new(new() { Format = VirtualFido2Format.PackedSelf });

    public async Task EnrolAsync(string ticket, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var asked = await calls.PostAsync(op + "/webauthn/registration/options", new JsonObject { ["ticket"] = ticket }, cancellationToken);
        Recognise(0, asked, $"MedId enrol v1\n{asked["nonce"]}\n{Sha256(ticket)}\n{Sha256(string.Empty)}");
        var credential = _passkey.Create(asked["publicKey"]!.ToJsonString(), new VirtualFido2Client(origin));
        await calls.PostAsync(
            op + "/webauthn/registration",
            new JsonObject { ["ceremony"] = asked["ceremony"]!.DeepClone(), ["ticket"] = ticket, ["credential"] = JsonNode.Parse(credential) },
            cancellationToken);
        Report(0, "enrolment of a passkey", started, [], "the challenge is the hash of nonce and ticket");
    }

    public async Task ConsentAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var signedIn = await SignInAsync(cancellationToken);
        var waiting = signedIn["requests"]!.AsArray().Single()!;
        var (request, token) = (waiting["request"]!.ToString(), waiting["device_token"]!.ToString());
        Report(3, "waiting request", started, [], "it is told to a passkey of this person only");

        started = Stopwatch.GetTimestamp();
        var notice = (await calls.GetAsync($"{op}/device/requests/{request}", cancellationToken, token))["notice"]!;
        var scopes = notice["categories"]!.AsArray().Select(category => category!["scope"]!.ToString()).ToList();
        var chosen = await calls.PostAsync(
            op + "/webauthn/authentication/options",
            new JsonObject { ["act"] = "consent", ["request"] = request, ["confirmed"] = true, ["granted"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]) },
            cancellationToken,
            bearer: token);
        var choice = new JsonObject { ["button"] = "agree", ["confirmed"] = true, ["granted"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]), ["refused"] = new JsonArray() };
        var digest = Sha256(CanonicalJson(new JsonObject { ["choice"] = choice, ["notice"] = notice.DeepClone() }));
        var line = $"MedId consent v1\n{chosen["nonce"]}\n{digest}";
        Recognise(4, chosen, line);
        await AnswerAsync(chosen, cancellationToken);
        Report(4, "notice, choice and signature by passkey", started, new JsonObject { ["transaction"] = line }, "the challenge is the hash of nonce and digest of notice and choice");
    }

    /// <summary>The consent history, after a sign-in of its own.</summary>
    public async Task<JsonNode> HistoryAsync(CancellationToken cancellationToken) =>
        await calls.GetAsync(op + "/device/consents", cancellationToken, (await SignInAsync(cancellationToken))["device_token"]!.ToString());

    private async Task<JsonNode> SignInAsync(CancellationToken cancellationToken)
    {
        var asked = await calls.PostAsync(op + "/webauthn/authentication/options", new JsonObject { ["act"] = "sign-in" }, cancellationToken);
        var issuer = (await calls.GetAsync(op + "/.well-known/openid-configuration", cancellationToken))["issuer"];
        Recognise(3, asked, $"MedId sign-in v1\n{asked["nonce"]}\n{issuer}");
        return await AnswerAsync(asked, cancellationToken);
    }

    private async Task<JsonNode> AnswerAsync(JsonNode asked, CancellationToken cancellationToken)
    {
        var credential = _passkey.Get(asked["publicKey"]!.ToJsonString(), new VirtualFido2Client(origin));
        return await calls.PostAsync(
            op + "/webauthn/authentication", new JsonObject { ["ceremony"] = asked["ceremony"]!.DeepClone(), ["credential"] = JsonNode.Parse(credential) }, cancellationToken);
    }

    private static void Recognise(int step, JsonNode asked, string recomputed)
    {
        if (asked["publicKey"]!["challenge"]!.ToString() != Sha256(recomputed))
        {
            throw new WalkFailedException(HostRole.Phone, "the challenge is not the hash of what was shown", step, "browser.unrecognised");
        }
    }

    private static string Sha256(string text) => StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>RFC 8785 as far as notices need it: texts, flags, lists and objects.</summary>
    private static string CanonicalJson(JsonNode? node) => node switch
    {
        JsonObject json => "{" + string.Join(',', json.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => Quote(member.Key) + ":" + CanonicalJson(member.Value))) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(CanonicalJson)) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quote(value.GetValue<string>()),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private void Report(int step, string name, long started, JsonObject sent, string fact) =>
        feed.Add(new StepReport(HostRole.Phone, step, name, null, sent, [fact], (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, feed.Elapsed));
}
