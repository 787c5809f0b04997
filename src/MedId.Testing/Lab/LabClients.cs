using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>The clients that registered themselves by the hook, before those of the OP's configuration.</summary>
internal sealed class LabClients : IClientStore
{
    private const string Section = "MedId lab";
    private readonly ConcurrentDictionary<(TenantId Tenant, string ClientId), ClientRegistration> _clients = new();
    private readonly IClientStore _inner;
    private readonly MedIdLab _lab;
    private readonly ClientAdmission _admission;

    public LabClients(IClientStore inner, MedIdLab lab, ClientAdmission admission)
    {
        (_inner, _lab, _admission) = (inner, lab, admission);
        var resourceServer = new ClientMetadata { ClientId = lab.ResourceServer, ClientName = lab.ResourceServer, ClientSecret = MedIdLab.WellKnownSecret, GrantTypes = [] };
        _clients[(TenantId.Single, lab.ResourceServer)] = new(TenantId.Single, resourceServer) { ServedResources = lab.Resources };
    }

    public IEnumerable<string> Ids => _clients.Keys.Select(key => key.ClientId).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ClientRegistration?> FindClientAsync(TenantId tenant, string clientId, CancellationToken cancellationToken = default) =>
        _clients.TryGetValue((tenant, clientId), out var client) ? new(client) : _inner.FindClientAsync(tenant, clientId, cancellationToken);

    /// <summary>Adds or replaces a client; what it leaves out is what a client of CIBA in a lab means.</summary>
    public async ValueTask<MedIdResult<string>> PutAsync(TenantId tenant, JsonObject json, CancellationToken cancellationToken)
    {
        var metadata = ClientMetadata.Parse(Encoding.UTF8.GetBytes(WithDefaults(json).ToJsonString()));
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        var registered = Make(tenant, metadata.Value, json);
        if (!registered.Succeeded)
        {
            return registered.Error;
        }

        if (await _admission.RefuseAsync(registered.Value, cancellationToken).ConfigureAwait(false) is { } wrong)
        {
            return wrong;
        }

        _clients[(tenant, registered.Value.ClientId)] = registered.Value;
        return registered.Value.ClientId;
    }

    private static JsonObject WithDefaults(JsonObject json)
    {
        var whole = (JsonObject)json.DeepClone();
        whole.TryAdd("client_name", whole["client_id"]?.DeepClone());
        if (!whole.ContainsKey("served_resources"))
        {
            whole.TryAdd("backchannel_token_delivery_mode", "poll");
            whole.TryAdd("grant_types", new JsonArray(GrantTypes.Ciba, GrantTypes.RefreshToken));
        }

        return whole;
    }

    private MedIdResult<ClientRegistration> Make(TenantId tenant, ClientMetadata metadata, JsonObject json)
    {
        try
        {
            var served = Texts(json, "served_resources");
            return served.Count > 0
                ? new ClientRegistration(tenant, metadata) { ServedResources = served }
                : new ClientRegistration(tenant, metadata)
                {
                    Resources = Texts(json, "resources") is { Count: > 0 } own ? own : _lab.Resources,
                    DefaultResource = Texts(json, "resources") is [var first, ..] ? first : _lab.Resources[0],
                };
        }
        catch (ArgumentException wrong)
        {
            // What a registration cannot be is said by the type itself.
            return Refuse(wrong.Message);
        }
    }

    private static IReadOnlyList<string> Texts(JsonObject json, string name) =>
        json[name] is JsonArray list ? [.. list.Where(one => one?.GetValueKind() == JsonValueKind.String).Select(one => one!.GetValue<string>())] : [];

    private static MedIdError Refuse(string detail) => new(OAuthErrorCodes.ClientMetadataInconsistent, ErrorCategory.Policy, Section, detail);
}
