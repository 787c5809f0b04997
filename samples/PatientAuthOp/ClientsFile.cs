using System.Text.Json;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The registrations, in the standards' names, beside three of this project: <c>resources</c> a client may ask for, <c>default_resource</c> that it means, <c>served_resources</c> a resource server serves.</summary>
internal static class ClientsFile
{
    public static async Task<IReadOnlyList<ClientRegistration>> ReadAsync(string file)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static ClientRegistration Read(JsonElement json)
    {
        var metadata = ClientMetadata.Parse(json);
        return metadata.Succeeded
            ? new ClientRegistration(TenantId.Single, metadata.Value)
            {
                Resources = List(json, "resources"),
                DefaultResource = json.TryGetProperty("default_resource", out var resource) ? resource.GetString() : null,
                ServedResources = List(json, "served_resources"),
            }
            : throw new ArgumentException("--clients: " + metadata.Error);
    }

    private static string[] List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : [];
}
