using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.TestSupport;

namespace MedId.Consumers.TestSupport;

/// <summary>
/// An OP as its consumers see it: answers by path, records what came, signs what a test asks for. Every answer is right until a test changes it. An own reading of
/// the contract of the walk; no code of the server packages.
/// </summary>
public sealed class OpDouble : HttpMessageHandler
{
    /// <summary>The OP.</summary>
    public const string Issuer = "https://op.example";

    /// <summary>When tests happen.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Func<RecordedRequest, Task<HttpResponseMessage>>> _routes = new(StringComparer.Ordinal);

    /// <summary>A right OP at <see cref="Start"/>.</summary>
    /// <param name="url">Its issuer.</param>
    public OpDouble(string url = Issuer)
    {
        Url = url;
        Metadata = new JsonObject
        {
            ["issuer"] = url,
            ["jwks_uri"] = url + "/jwks",
            ["token_endpoint"] = url + "/token",
            ["backchannel_authentication_endpoint"] = url + "/bc-authorize",
            ["introspection_endpoint"] = url + "/introspect",
            ["revocation_endpoint"] = url + "/revoke",
            ["grant_types_supported"] = new JsonArray(GrantTypes.Ciba, "refresh_token"),
            ["backchannel_token_delivery_modes_supported"] = new JsonArray("poll"),
            ["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("ES256", "PS256"),
            ["backchannel_user_code_parameter_supported"] = true,
            ["tls_client_certificate_bound_access_tokens"] = true,
        };
        On("/.well-known/openid-configuration", _ => Json(Metadata));
        On("/jwks", _ => Answer(HttpStatusCode.OK, "application/json", Encoding.UTF8.GetString(JsonWebKeySet.Of(Keys.Select(key => key.ToJwk())).ToJson())));
    }

    /// <summary>Its issuer.</summary>
    public string Url { get; }

    /// <summary>The clock of the test.</summary>
    public ManualTimeProvider Time { get; } = new(Start);

    /// <summary>The published keys; the first signs.</summary>
    public List<SigningKey> Keys { get; } = [LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1")];

    /// <summary>What the OP says about itself.</summary>
    public JsonObject Metadata { get; }

    /// <summary>What came, in order.</summary>
    public List<RecordedRequest> Requests { get; } = [];

    /// <summary>What came to a path, in order.</summary>
    public IReadOnlyList<RecordedRequest> To(string path) => [.. Requests.Where(request => request.Path == path)];

    /// <summary>Answers a path.</summary>
    public void On(string path, Func<RecordedRequest, HttpResponseMessage> answer) => _routes[path] = request => Task.FromResult(answer(request));

    /// <summary>Answers a path later.</summary>
    public void OnLater(string path, Func<RecordedRequest, Task<HttpResponseMessage>> answer) => _routes[path] = answer;

    /// <summary>An HTTP client of this double.</summary>
    public HttpClient CreateClient() => new(this, disposeHandler: false);

    /// <summary>Signs claims with the first key, or another.</summary>
    public string Sign(string type, JsonObject claims, SigningKey? key = null) =>
        JwtSigner.SignAsync(key ?? Keys[0], type, Encoding.UTF8.GetBytes(claims.ToJsonString())).AsTask().GetAwaiter().GetResult();

    /// <summary>An answer with JSON.</summary>
    public static HttpResponseMessage Json(JsonNode body, HttpStatusCode status = HttpStatusCode.OK) => Answer(status, "application/json", body.ToJsonString());

    /// <summary>An OAuth error.</summary>
    public static HttpResponseMessage Error(string error, HttpStatusCode status = HttpStatusCode.BadRequest, string? description = null)
    {
        var body = new JsonObject { ["error"] = error };
        if (description is not null)
        {
            body["error_description"] = description;
        }

        return Json(body, status);
    }

    /// <summary>Any answer.</summary>
    public static HttpResponseMessage Answer(HttpStatusCode status, string mediaType, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var recorded = new RecordedRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, ReadForm(body), request.Headers.Authorization?.ToString(), request.Headers.Accept.SingleOrDefault()?.ToString(), Time.GetUtcNow())
        {
            Dpop = request.Headers.TryGetValues("DPoP", out var proofs) ? proofs.Single() : null,
        };
        lock (Requests)
        {
            Requests.Add(recorded);
        }

        var response = _routes.TryGetValue(recorded.Path, out var route)
            ? await route(recorded).WaitAsync(cancellationToken)
            : Answer(HttpStatusCode.NotFound, "text/plain", "");
        response.RequestMessage ??= request;
        return response;
    }

    private static Dictionary<string, string> ReadForm(string body) => body.Length == 0
        ? []
        : body.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => Decode(pair[0]), pair => Decode(pair[1]), StringComparer.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
