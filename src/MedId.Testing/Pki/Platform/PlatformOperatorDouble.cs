using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Jpki.Certificates;
using MedId.Pki;

namespace MedId.Testing;

/// <summary>
/// A platform operator over a synthetic world, written from the integration pages that one operator publishes. Mirrored from them: paths, bearer token, member names,
/// the order of its checks (chain, validity, signature, revocation), results and errors by name, ids for checks, certificates and users, one user id for all
/// certificates of a person, freshness and purpose of the revocation information, and that attributes are answered at the check only. Assumed, because the pages do not
/// say: HTTP status and body of errors, the spelling of gender and birth date (here as in the certificate), camelCase in answers (snake_case by a switch).
/// </summary>
/// <param name="world">The world whose certificates it knows.</param>
/// <param name="time">The clock.</param>
public sealed class PlatformOperatorDouble(JpkiWorld world, TimeProvider time) : HttpMessageHandler
{
    /// <summary>The bearer token that it takes.</summary>
    public const string Token = "test-token";

    private readonly Dictionary<string, TestCertificate> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>What came in and went out, for looking for what must not stay.</summary>
    public IList<string> Bodies { get; } = [];

    /// <summary>Changes an answer before it goes out.</summary>
    public Action<JsonObject>? Change { get; set; }

    /// <summary>Answers this instead.</summary>
    public (HttpStatusCode Status, string Body)? Instead { get; set; }

    /// <summary>Whether linking information can be had.</summary>
    public bool LinksAreDown { get; set; }

    /// <summary>Whether answers are in snake_case.</summary>
    public bool InSnakeCase { get; set; }

    /// <summary>When its revocation information was made.</summary>
    public DateTimeOffset SourceUpdatedAt { get; set; } = time.GetUtcNow().AddHours(-1);

    /// <summary>Tells the double about a certificate and whose it is.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="person">The operator's own name for the person.</param>
    /// <returns>The certificate.</returns>
    public TestCertificate Know(TestCertificate certificate, string person)
    {
        _known[certificate.Sha256] = certificate;
        _people[certificate.Sha256] = person;
        return certificate;
    }

    /// <summary>Gives a client that was made over this handler the operator's address and token.</summary>
    /// <param name="client">The client.</param>
    /// <returns>The same client.</returns>
    public static HttpClient Configure(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.BaseAddress = new Uri("https://platform.example/");
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return client;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        if (request.Headers.Authorization?.Parameter != Token)
        {
            return new(HttpStatusCode.Unauthorized);
        }

        if (Instead is { } instead)
        {
            return Answer(instead.Status, instead.Body);
        }

        var text = await request.Content!.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        Bodies.Add(text);
        var body = JsonNode.Parse(text)!.AsObject();
        return request.RequestUri!.AbsolutePath switch
        {
            "/pocketsign.verify.v2.VerificationService/Verify" => Verify(body),
            "/pocketsign.verify.v2.CertificateService/CheckCertificateStatus" => Status(body),
            _ => new(HttpStatusCode.NotFound),
        };
    }

    private HttpResponseMessage Verify(JsonObject asked)
    {
        var der = Convert.FromBase64String((string)asked["certificate"]!);
        var parsed = Certificate.Parse(der);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(der));

        // Chain: not one of ours, or not of a kind that it takes.
        if (!parsed.Succeeded || !_known.TryGetValue(sha256, out var known) || JpkiInspection.Of(parsed.Value).Profile.Value is not { Carrier: JpkiCarrier.Card } profile)
        {
            return Error("ERROR_REASON_UNSUPPORTED_CERTIFICATE");
        }

        var identify = (bool)asked["identifyUser"]!;
        if (identify && LinksAreDown)
        {
            return Error("ERROR_REASON_ASSOCIATED_CERTIFICATE_UNAVAILABLE");
        }

        var certificate = parsed.Value;
        var status = StatusOf(known, (string)asked["checkMethod"]!, "CHECK_PURPOSE_SIGNATURE_VERIFICATION");
        var result = !certificate.IsValidAt(time.GetUtcNow()) ? "RESULT_CERTIFICATE_EXPIRED"
            : !IsSigned(certificate, asked) ? "RESULT_SIGNATURE_MISMATCH"
            : (string)status["status"]! == "STATUS_REVOKED" ? "RESULT_CERTIFICATE_REVOKED"
            : "RESULT_OK";
        var answer = new JsonObject
        {
            ["verification"] = new JsonObject
            {
                ["id"] = "v-" + Asked,
                ["result"] = result,
                ["hashAlgorithm"] = asked["hashAlgorithm"]!.DeepClone(),
                ["digest"] = asked["digest"]!.DeepClone(),
                ["signature"] = asked["signature"]!.DeepClone(),
                ["createdAt"] = Text(time.GetUtcNow()),
            },
            ["certificate"] = CertificateOf(profile, sha256),
            ["certificateStatus"] = status,
        };
        if (profile.Kind == JpkiCertificateKind.Sign && JpkiInspection.Of(certificate).BasicFour?.Value is { } four)
        {
            answer["certificateContent"] = new JsonObject
            {
                ["jpkiCardDigitalSignatureContent"] = new JsonObject
                {
                    ["commonName"] = four.Name.Text,
                    ["substituteCharacterOfCommonName"] = four.Name.Flags,
                    ["gender"] = four.GenderCode,
                    ["dateOfBirth"] = four.BirthDate.Code,
                    ["address"] = four.Address.Text,
                    ["substituteCharacterOfAddress"] = four.Address.Flags,
                },
            };
        }

        if (identify)
        {
            answer["user"] = new JsonObject { ["id"] = "u-" + _people[sha256] };
            answer["isNewUser"] = _met.Add(_people[sha256]);
        }

        return Answer(answer);
    }

    private HttpResponseMessage Status(JsonObject asked)
    {
        var (sha256, known) = _known.FirstOrDefault(k => CertificateId(k.Key) == (string)asked["certificateId"]!);
        return known is null ? Error("ERROR_REASON_NOT_FOUND") : Answer(new JsonObject
        {
            ["certificate"] = CertificateOf(JpkiInspection.Of(Certificate.Parse(known.Der).Value!).Profile.Value!, sha256),
            ["certificateStatus"] = StatusOf(known, (string)asked["checkMethod"]!, "CHECK_PURPOSE_LIVENESS_CHECK"),
        });
    }

    private JsonObject StatusOf(TestCertificate certificate, string method, string purpose)
    {
        var revoked = world.IssuerOf(certificate).Revocations.FirstOrDefault(r => r.SerialNumber.AsSpan().SequenceEqual(certificate.SerialNumber));
        var status = new JsonObject
        {
            ["id"] = "s-" + Asked,
            ["status"] = revoked is null ? "STATUS_GOOD" : "STATUS_REVOKED",
            ["checkMethod"] = method,
            ["checkPurpose"] = purpose,
            ["sourceUpdatedAt"] = Text(SourceUpdatedAt),
        };
        if (revoked is not null)
        {
            status["revokedAt"] = Text(revoked.At);
            status["revocationReason"] = "CRL_REASON_" + (revoked.Reason switch { 1 => "KEY_COMPROMISE", 3 => "AFFILIATION_CHANGED", 4 => "SUPERSEDED", 6 => "CERTIFICATE_HOLD", _ => "UNSPECIFIED" });
        }

        return status;
    }

    private static bool IsSigned(Certificate certificate, JsonObject asked)
    {
        var key = certificate.ReadPublicKey().Value!;
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        var hash = new HashAlgorithmName(((string)asked["hashAlgorithm"]!)["HASH_ALGORITHM_".Length..]);
        return rsa.VerifyHash(Convert.FromBase64String((string)asked["digest"]!), Convert.FromBase64String((string)asked["signature"]!), hash, RSASignaturePadding.Pkcs1);
    }

    private static JsonObject CertificateOf(JpkiCertificateProfile profile, string sha256) => new()
    {
        ["id"] = CertificateId(sha256),
        ["type"] = profile.Kind == JpkiCertificateKind.Sign ? "TYPE_JPKI_CARD_DIGITAL_SIGNATURE" : "TYPE_JPKI_CARD_USER_AUTHENTICATION",
    };

    // An id of the operator's own, from which nobody comes back to the certificate.
    private static string CertificateId(string sha256) => "c-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("operator secret " + sha256)))[..16];

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static HttpResponseMessage Error(string reason) => Answer(HttpStatusCode.BadRequest, new JsonObject { ["code"] = "invalid_argument", ["details"] = new JsonArray(new JsonObject { ["debug"] = new JsonObject { ["reason"] = reason } }) }.ToJsonString());

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private HttpResponseMessage Answer(JsonObject answer)
    {
        Change?.Invoke(answer);
        var body = (InSnakeCase ? Snake(answer)! : answer).ToJsonString();
        Bodies.Add(body);
        return Answer(HttpStatusCode.OK, body);
    }

    private static JsonNode? Snake(JsonNode? node) => node is JsonObject o
        ? new JsonObject(o.Select(m => KeyValuePair.Create(string.Concat(m.Key.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString())), Snake(m.Value))))
        : node?.DeepClone();
}
