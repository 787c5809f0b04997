using System.Security.Cryptography;
using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Samples.HealthRecordApi;

/// <summary>The file of <c>--credentials</c>: <c>client_id</c> with either <c>client_secret</c> or <c>private_key</c> (PKCS#8 PEM, P-256).</summary>
internal static class ApiCredential
{
    /// <exception cref="InvalidDataException">The file is not of the form; the message says what is missing.</exception>
    public static IClientCredential Load(string file)
    {
        var json = StrictJson.ParseObject(File.ReadAllBytes(file));
        var members = new JsonMembers(json.Value is { ValueKind: JsonValueKind.Object } read ? read : throw new InvalidDataException("the credentials file is no JSON object"));
        var clientId = members.String("client_id") ?? throw new InvalidDataException("the credentials file lacks client_id");
        if (members.String("client_secret") is { } secret)
        {
            return new ClientSecretBasicCredential(clientId, secret);
        }

        var pem = members.String("private_key", 8192) ?? throw new InvalidDataException("the credentials file has neither client_secret nor private_key");
        return new PrivateKeyJwtCredential(clientId, LocalSigningKey.FromPkcs8(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), SignatureAlgorithm.ES256));
    }
}
