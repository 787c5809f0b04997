using System.Text.Json;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>A client or resource server that operators registered while the OP runs.</summary>
public sealed record RegisteredClient
{
    /// <summary>Its client id.</summary>
    public required string ClientId { get; init; }

    /// <summary>What it registered, by the standards' member names, beside <c>resources</c> and <c>served_resources</c>; never a secret.</summary>
    public required JsonElement Registration { get; init; }

    /// <summary>Whether it is suspended: unknown, and what it was given inactive.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether it was removed.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The version of its setting; what a change names.</summary>
    public long Version { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When its id was registered again after it was removed; what was granted before belongs to nobody any more. Null where it never was.</summary>
    public DateTimeOffset? AgainSince { get; init; }

    /// <summary>How many secrets are taken now.</summary>
    public int SecretsAt(DateTimeOffset at) => Secrets.Count(secret => secret.Until is null || at < secret.Until) + (SharedSecret is null ? 0 : 1);

    /// <summary>The digests of its secrets; two while one is being replaced.</summary>
    internal IReadOnlyList<StoredSecret> Secrets { get; init; } = [];

    /// <summary>The secret itself where the method computes with it (<c>client_secret_jwt</c>); null otherwise. Stores encrypt it.</summary>
    internal string? SharedSecret { get; init; }

    /// <summary>Whether it serves resources.</summary>
    internal bool IsResourceServer => Registration.TryGetProperty("served_resources", out var served) && served.ValueKind == JsonValueKind.Array && served.GetArrayLength() > 0;

    /// <summary>The registration as the OP uses it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">Now: digests past their end are left out.</param>
    /// <returns>The registration; refused with the reader's code, or with <see cref="ProviderErrorCodes.ClientRefused"/>.</returns>
    internal MedIdResult<ClientRegistration> ToRegistration(TenantId tenant, DateTimeOffset at)
    {
        var metadata = RegisteredClientJson.ReadMetadata(Registration);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        try
        {
            return new ClientRegistration(
                tenant,
                metadata.Value with { ClientSecret = SharedSecret },
                Secrets.Where(secret => secret.Until is null || at < secret.Until).Select(static secret => secret.Digest))
            {
                Resources = RegisteredClientJson.List(Registration, "resources"),
                ServedResources = RegisteredClientJson.List(Registration, "served_resources"),
            };
        }
        catch (ArgumentException wrong)
        {
            return new MedIdError(ProviderErrorCodes.ClientRefused, ErrorCategory.Policy, "RFC 7591 §2", wrong.Message);
        }
    }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{ClientId}, version {Version}";
}
