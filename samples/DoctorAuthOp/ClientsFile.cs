using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>The clients file: a JSON array by the standards' registration names.</summary>
internal static class ClientsFile
{
    /// <exception cref="InvalidDataException">The file is not of the form; the message says where.</exception>
    public static IClientStore Load(string file, TenantId tenant)
    {
        var json = StrictJson.Parse(File.ReadAllBytes(file), maxBytes: 1024 * 1024);
        if (!json.Succeeded || json.Value.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            throw new InvalidDataException("the clients file is no JSON array");
        }

        return new ConfiguredClients(json.Value.EnumerateArray().Select(one =>
        {
            var client = ClientMetadata.Parse(one);
            return client.Succeeded ? new ClientRegistration(tenant, client.Value) : throw new InvalidDataException("the clients file: " + client.Error);
        }));
    }
}
