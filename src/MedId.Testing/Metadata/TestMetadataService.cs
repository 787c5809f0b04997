using System.Formats.Asn1;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>A FIDO metadata service in the shape of the real one: an old root and a new one that it cross-signed, an authority, a signer of the service's name. Signs what it is told.</summary>
/// <remarks>Its statements are synthetic and its keys are public; nothing of it may be trusted outside of tests.</remarks>
public sealed class TestMetadataService
{
    /// <summary>The name of the real service, which the signer's certificate carries.</summary>
    public const string SignerName = "mds.fidoalliance.org";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a service.</summary>
    /// <param name="options">Instant, addresses and keys of its authorities.</param>
    public TestMetadataService(TestAuthorityOptions? options = null)
    {
        options ??= new();
        OldRoot = TestAuthority.CreateRoot(Name("LAB metadata root, old"), options);
        NewRoot = TestAuthority.CreateRoot(Name("LAB metadata root, new"), options);
        CrossCertificate = NewRoot.CrossCertifiedBy(OldRoot);
        Authority = NewRoot.CreateSubordinate(Name("LAB metadata authority"));
        Signer = Issue(TestKeyKind.Rsa2048);
    }

    /// <summary>The root of before.</summary>
    public TestAuthority OldRoot { get; }

    /// <summary>The root of now.</summary>
    public TestAuthority NewRoot { get; }

    /// <summary>The new root's key under the old root.</summary>
    public TestCertificate CrossCertificate { get; }

    /// <summary>Who issues the signer's certificate.</summary>
    public TestAuthority Authority { get; }

    /// <summary>The signer.</summary>
    public TestCertificate Signer { get; }

    /// <summary>CRLs of all its authorities, current.</summary>
    public IReadOnlyList<byte[]> CreateCrls() => [OldRoot.CreateCrl(), NewRoot.CreateCrl(), Authority.CreateCrl()];

    /// <summary>Makes another signer.</summary>
    /// <param name="kind">Its key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="profile">Changes its certificate before it is signed.</param>
    public TestCertificate Issue(TestKeyKind kind, string name = SignerName, Action<TestCertificateBuilder>? profile = null) => Authority.Issue(
        TestName.Of(("C", "US"), ("O", "LAB"), ("CN", name)),
        TestKey.Shared(kind),
        builder => builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns(name))),
        builder => profile?.Invoke(builder));

    /// <summary>Signs a BLOB: RS256 or ES256 by the signer's key, with the signer, the authority and the cross-signed root in <c>x5c</c>.</summary>
    /// <param name="payload">The payload, JSON.</param>
    /// <param name="signer">Who signs; <see cref="Signer"/> when null.</param>
    /// <param name="header">Changes the header before it is signed.</param>
    public string Sign(string payload, TestCertificate? signer = null, Action<JsonObject>? header = null)
    {
        signer ??= Signer;
        var members = new JsonObject
        {
            ["alg"] = signer.Key.IsRsa ? "RS256" : "ES256",
            ["typ"] = "JWT",
            ["x5c"] = new JsonArray([.. new[] { signer, Authority.Certificate, CrossCertificate }.Select(certificate => (JsonNode)Convert.ToBase64String(certificate.Der))]),
        };
        header?.Invoke(members);
        var signed = $"{Encode(members.ToJsonString(Plain))}.{Encode(payload)}";
        var signature = signer.Key.Sign(Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{StrictBase64Url.Encode(signer.Key.IsRsa ? signature : Raw(signature))}";
    }

    /// <summary>Writes a payload.</summary>
    /// <param name="number"><c>no</c>.</param>
    /// <param name="nextUpdate"><c>nextUpdate</c>.</param>
    /// <param name="entries">The entries, each JSON.</param>
    public static string Payload(long number, DateOnly nextUpdate, params IEnumerable<string> entries) => new JsonObject
    {
        ["legalHeader"] = "LAB metadata: synthetic, for tests",
        ["no"] = number,
        ["nextUpdate"] = Date(nextUpdate),
        ["entries"] = new JsonArray([.. entries.Select(entry => JsonNode.Parse(entry))]),
    }.ToJsonString(Plain);

    /// <summary>Writes an entry about a statement's model.</summary>
    /// <param name="statement">The statement, JSON; its names are the entry's.</param>
    /// <param name="reports">What is reported: status and effective date, oldest first.</param>
    public static string Entry(string statement, params IEnumerable<(string Status, DateOnly Date)> reports)
    {
        var members = JsonNode.Parse(statement)!.AsObject();
        var entry = new JsonObject();
        foreach (var name in (string[])["aaguid", "aaid", "attestationCertificateKeyIdentifiers"])
        {
            if (members[name] is { } value)
            {
                entry[name] = value.DeepClone();
            }
        }

        entry["metadataStatement"] = members;
        entry["statusReports"] = new JsonArray([.. reports.Select(report => (JsonNode)new JsonObject { ["status"] = report.Status, ["effectiveDate"] = Date(report.Date) })]);
        entry["timeOfLastStatusChange"] = Date(reports.Select(report => report.Date).DefaultIfEmpty().Max());
        return entry.ToJsonString(Plain);
    }

    /// <summary>Writes a statement of version 3 of a FIDO2 model: a key in hardware, a PIN checked on the chip.</summary>
    /// <param name="aaguid">The model.</param>
    /// <param name="roots">DER of its attestation roots.</param>
    public static string Fido2Statement(Guid aaguid, params IEnumerable<byte[]> roots) => new JsonObject
    {
        ["description"] = "LAB security key, synthetic",
        ["aaguid"] = aaguid.ToString(),
        ["authenticatorVersion"] = 2,
        ["protocolFamily"] = "fido2",
        ["schema"] = 3,
        ["upv"] = new JsonArray(new JsonObject { ["major"] = 1, ["minor"] = 1 }),
        ["authenticationAlgorithms"] = new JsonArray("secp256r1_ecdsa_sha256_raw"),
        ["publicKeyAlgAndEncodings"] = new JsonArray("cose"),
        ["attestationTypes"] = new JsonArray("basic_full"),
        ["userVerificationDetails"] = new JsonArray(new JsonArray(new JsonObject
        {
            ["userVerificationMethod"] = "passcode_external",
            ["caDesc"] = new JsonObject { ["base"] = 64, ["minLength"] = 4, ["maxRetries"] = 8, ["blockSlowdown"] = 0 },
        })),
        ["keyProtection"] = new JsonArray("hardware", "secure_element"),
        ["matcherProtection"] = new JsonArray("on_chip"),
        ["cryptoStrength"] = 128,
        ["attachmentHint"] = new JsonArray("external", "wired", "nfc"),
        ["tcDisplay"] = new JsonArray(),
        ["attestationRootCertificates"] = new JsonArray([.. roots.Select(root => (JsonNode)Convert.ToBase64String(root))]),
        ["icon"] = "data:image/png;base64,iVBORw0KGgo=",
    }.ToJsonString(Plain);

    private static TestName Name(string common) => TestName.Of(("C", "US"), ("O", "LAB"), ("CN", common));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Encode(string text) => StrictBase64Url.Encode(Encoding.UTF8.GetBytes(text));

    private static byte[] Raw(byte[] der)
    {
        var numbers = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var (r, s) = (numbers.ReadInteger(), numbers.ReadInteger());
        const int Length = 32;
        var raw = new byte[2 * Length];
        var (first, second) = (r.ToByteArray(isUnsigned: true, isBigEndian: true), s.ToByteArray(isUnsigned: true, isBigEndian: true));
        first.CopyTo(raw, Length - first.Length);
        second.CopyTo(raw, (2 * Length) - second.Length);
        return raw;
    }
}
