using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What a test changes about an OP where everything is right.</summary>
internal sealed record OpSettings
{
    public bool Sqlite { get; init; }

    public SoftwareUafAttestation Attestation { get; init; } = SoftwareUafAttestation.PinnedCertificate;

    public string Issuer { get; init; } = OpWorld.DefaultIssuer;

    public Action<ProviderOptions>? Provider { get; init; }

    public Action<CibaOptions>? Ciba { get; init; }

    public Action<OAuthServerOptions>? Server { get; init; }

    /// <summary>The time-stamping service of the OP; null: it runs without one.</summary>
    public IHistoryTimestamps? Timestamps { get; init; }

    /// <summary>No client is registered for refresh tokens.</summary>
    public bool NoRefresh { get; init; }

    /// <summary>Changes the registrations of the EHRs.</summary>
    public Action<System.Text.Json.Nodes.JsonObject>? Client { get; init; }

    /// <summary>More that the OP is made of.</summary>
    public Action<MedIdProviderBuilder>? More { get; init; }

    /// <summary>Changes the host, e.g. its listeners.</summary>
    public Action<WebApplicationBuilder>? Host { get; init; }

    /// <summary>Runs before each verb of the store, with the verb's name.</summary>
    public Action<string, IProviderStore>? Before { get; init; }

    public Action<WebApplication>? Pipeline { get; init; }

    public bool StoreFails { get; init; }

    public Core.TenantId Tenant { get; init; } = Core.TenantId.Single;

    /// <summary>A store that several OPs share; the test closes it.</summary>
    public IProviderStore? Shared { get; init; }

    /// <summary>Everything that anybody logs is kept, not our own lines only.</summary>
    public bool Trace { get; init; }
}
