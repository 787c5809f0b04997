using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Where each server listens and by which URL the others know it. Both are the same unless <c>--route</c> puts a proxy between.</summary>
internal sealed class Routes
{
    private readonly Dictionary<string, string> _listen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _public = new(StringComparer.Ordinal);

    /// <summary>Free ports for everybody, then what the file says.</summary>
    /// <param name="file"><c>{"patient-op":{"public":"http://127.0.0.1:9001","listen":"http://127.0.0.1:9101"},…}</c>; both members may be left out. Null: all direct.</param>
    public static Routes Read(string? file)
    {
        var routes = new Routes();
        var json = file is null ? [] : JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        if (json.Select(member => member.Key).FirstOrDefault(role => !HostRole.Servers.Contains(role)) is { } unknown)
        {
            throw new WalkFailedException(null, $"--route names {unknown}, which is none of {string.Join(", ", HostRole.Servers)}");
        }

        foreach (var role in HostRole.Servers)
        {
            var listen = json[role]?["listen"]?.GetValue<string>() ?? Ports.NextUrl();
            routes._listen[role] = listen.TrimEnd('/');
            routes._public[role] = (json[role]?["public"]?.GetValue<string>() ?? listen).TrimEnd('/');
        }

        return routes;
    }

    public string Listen(string role) => _listen[role];

    public string Public(string role) => _public[role];

    /// <summary>Puts something of our own before a server.</summary>
    public void Publish(string role, string url) => _public[role] = url;
}
