using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.Hosting;
using MedId.Testing;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Keys, clients, patients and doctors of one scenario, written where the servers read them. Everybody is invented.</summary>
internal sealed class SampleFiles(WorkingFolder folder, Routes routes) : IDisposable
{
    public const string EhrClient = "ehr-clinic-a";
    public const string ApiClient = "health-record-api";
    public const string DoctorName = "ishi-a";
    public const string DoctorPassword = "sample-password-a";

    /// <summary>The patient's account at the OP, and the patient's id at the API.</summary>
    public const string Account = "patient-a";
    public const string Patient = "patient-0001";
    public const string LoginHint = "sample-a@example.invalid";
    public const string UserCode = "2468";

    /// <summary>Somebody else.</summary>
    public const string OtherAccount = "patient-b";
    public const string OtherPatient = "patient-0002";

    /// <summary>The patient's parent, who has no record of their own here.</summary>
    public const string ParentAccount = "parent-a";

    private readonly LocalSigningKey _ehrKey = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    /// <summary>What the patient OP says about the clinic, where a scenario has it say something.</summary>
    public string Notices => folder.File("notices.json");

    public string PatientOpClients => folder.File("patient-op-clients.json");

    public string DoctorOpClients => folder.File("doctor-op-clients.json");

    public string Users => folder.File("users.json");

    public string Doctors => folder.File("doctors.json");

    public string EhrKey => folder.File("ehr-key.pem");

    /// <summary>The trust framework as the patient OP holds it, and what its assessor signed about the EHR.</summary>
    public string TrustFramework => folder.File("trust-framework.json");

    public string TrustStatement => folder.File("trust-statement.jws");

    public string ApiCredentials => folder.File("api-credentials.json");

    /// <summary>The phone's authenticator model with its attestation key, and what the OP may know of it.</summary>
    public string PhoneModel => folder.File("phone-model.json");

    public string UafMetadata => folder.File("uaf-metadata.json");

    /// <summary>The origin of the patient OP's page for passkeys: browsers on one machine know RP IDs by the name localhost, not by the address.</summary>
    public string PasskeyOrigin => $"http://localhost:{new Uri(routes.Listen(HostRole.PatientOp)).Port}";

    /// <summary>The EHR's way to prove itself, for the scenario in which somebody polls with its key.</summary>
    public IClientCredential EhrCredential => new PrivateKeyJwtCredential(EhrClient, _ehrKey);

    /// <summary>The API's resource identifier: its FHIR base.</summary>
    public static string Resource(Routes routes) => routes.Public(HostRole.Api) + "/fhir";

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var secret = SecretGenerator.Base64Url();
        var jwks = JsonNode.Parse(JsonWebKeySet.Of([_ehrKey.ToJwk()]).ToJson())!;
        await WriteAsync(PatientOpClients, new JsonArray(Ehr(jwks), Api(secret)), cancellationToken);
        await WriteAsync(DoctorOpClients, new JsonArray(EhrAtDoctorOp(jwks)), cancellationToken);
        await WriteAsync(Users, new JsonArray(User(Account, Patient, LoginHint, UserCode, "ja"), User(OtherAccount, OtherPatient, "sample-b@example.invalid", "1357", "ja"), Parent()), cancellationToken);
        await WriteSecretAsync(EhrKey, System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", _ehrKey.ExportPkcs8()), cancellationToken);
        await WriteSecretAsync(ApiCredentials, new JsonObject { ["client_id"] = ApiClient, ["client_secret"] = secret }.ToJsonString(), cancellationToken);
        await WriteTrustAsync(cancellationToken);
        var model = SoftwareUafModel.Create();
        await WriteSecretAsync(PhoneModel, model.Export(), cancellationToken);
        await File.WriteAllTextAsync(UafMetadata, $"[{model.MetadataStatement}]", cancellationToken);
        File.Copy(Path.Combine(Path.GetDirectoryName(HostProgram.Assembly(HostRole.DoctorOp))!, "doctors.json"), Doctors, overwrite: true);
    }

    public Task WriteNoticesAsync(int version, CancellationToken cancellationToken) => WriteAsync(Notices, NoticeVersions.UpTo(version), cancellationToken);

    public void Dispose() => _ehrKey.Dispose();

    private async Task WriteTrustAsync(CancellationToken cancellationToken)
    {
        using var assessor = new SampleAssessor(EhrClient);
        await WriteAsync(TrustFramework, assessor.Framework, cancellationToken);
        await File.WriteAllTextAsync(TrustStatement, await assessor.SignAsync(cancellationToken), cancellationToken);
    }

    private JsonObject Ehr(JsonNode jwks) => new()
    {
        ["client_id"] = EhrClient,
        ["client_name"] = "Mihon Clinic EHR (sample)",
        ["client_name#ja"] = "みほん内科クリニック電子カルテ（架空）",
        ["token_endpoint_auth_method"] = ClientAuthenticationMethods.PrivateKeyJwt,
        ["token_endpoint_auth_signing_alg"] = "ES256",
        ["jwks"] = jwks.DeepClone(),
        ["grant_types"] = new JsonArray(GrantTypes.Ciba, GrantTypes.RefreshToken),
        ["scope"] = "openid " + string.Join(' ', [.. WalkAccess.Scopes, .. WalkAccess.MoreScopes]),
        ["backchannel_token_delivery_mode"] = "poll",
        ["backchannel_authentication_request_signing_alg"] = "ES256",
        ["backchannel_user_code_parameter"] = true,
        ["resources"] = new JsonArray(Resource(routes)),
    };

    private JsonObject Api(string secret) => new()
    {
        ["client_id"] = ApiClient,
        ["client_name"] = "Sample health record API",
        ["client_secret"] = secret,
        ["token_endpoint_auth_method"] = ClientAuthenticationMethods.ClientSecretBasic,
        ["grant_types"] = new JsonArray(),
        ["served_resources"] = new JsonArray(Resource(routes)),
    };

    private static JsonObject EhrAtDoctorOp(JsonNode jwks) => new()
    {
        ["client_id"] = EhrClient,
        ["client_name"] = "Mihon Clinic EHR (sample)",
        ["token_endpoint_auth_method"] = ClientAuthenticationMethods.PrivateKeyJwt,
        ["token_endpoint_auth_signing_alg"] = "ES256",
        ["jwks"] = jwks.DeepClone(),
        ["grant_types"] = new JsonArray(GrantTypes.TokenExchange),
    };

    private JsonObject User(string account, string patient, string hint, string code, string language) => new()
    {
        ["id"] = account,
        ["login_hint"] = hint,
        ["user_code"] = code,
        ["language"] = language,
        ["patients"] = new JsonObject { [Resource(routes)] = patient },
    };

    private static JsonObject Parent() => new() { ["id"] = ParentAccount, ["login_hint"] = "sample-parent@example.invalid", ["language"] = "ja", ["patients"] = new JsonObject() };

    private static Task WriteAsync(string file, JsonNode json, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(file, json.ToJsonString(SampleJson.Readable), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);

    private static async Task WriteSecretAsync(string file, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
