using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>
/// By which <c>sub</c> each party knows a person (OIDC Core §8, row A17). Without a key everybody is known by the account's id. With one, a client and a resource server that registered
/// <c>subject_type</c> <c>pairwise</c> know the person by a subject of their sector, and no access token names an account at all.
/// </summary>
public sealed class SubjectIdentifiers
{
    private const string Pairwise = "pairwise";
    private const string AccessTokens = "access token/";
    private readonly Func<TenantId, PairwiseKey>? _keys;

    /// <summary>Makes it.</summary>
    /// <param name="keys">The key of each tenant.</param>
    public SubjectIdentifiers(Func<TenantId, PairwiseKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    private SubjectIdentifiers()
    {
    }

    /// <summary>Everybody is known by the account's id, to everybody.</summary>
    public static SubjectIdentifiers PublicOnly { get; } = new();

    /// <summary>Whether there are pairwise subjects; for discovery.</summary>
    public bool KnowsPairwise => _keys is not null;

    /// <summary>The subject by which a client or a resource server knows an account: in ID tokens, userinfo and introspection.</summary>
    /// <param name="client">The client.</param>
    /// <param name="account">The account's id.</param>
    /// <exception cref="InvalidOperationException">The client is pairwise and there is no key, or no sector: <see cref="Refuse"/> finds such clients.</exception>
    public string Of(ClientRegistration client, string account)
    {
        ArgumentNullException.ThrowIfNull(client);
        return IsPairwise(client) ? Key(client.Tenant).Seal(SectorOf(client), account) : account;
    }

    /// <summary>The account that a client means by a subject.</summary>
    /// <param name="client">The client.</param>
    /// <param name="subject">The subject, from an ID token of this server.</param>
    /// <returns>Null when this server never gave the client such a subject.</returns>
    public string? AccountOf(ClientRegistration client, string subject)
    {
        ArgumentNullException.ThrowIfNull(client);
        return IsPairwise(client) ? Key(client.Tenant).Open(SectorOf(client), subject) : subject;
    }

    /// <summary>What stands against the subjects that a registration asks for.</summary>
    /// <param name="client">The client.</param>
    /// <returns>Null when nothing does; otherwise an error whose detail names the member and what to do.</returns>
    public MedIdError? Refuse(ClientRegistration client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!IsPairwise(client))
        {
            return null;
        }

        return _keys is null ? new(OAuthServerErrorCodes.SubjectTypeUnavailable, ErrorCategory.Unsupported, "OIDC Core §8", "subject_type: there are no pairwise subjects here; call AddPairwiseSubjects, or register public")
            : SectorIdentifier.Of(client) is null ? new(OAuthServerErrorCodes.SectorIdentifierMissing, ErrorCategory.Protocol, "CIBA Core §4", "sector_identifier_uri: pairwise subjects without a sector; register jwks_uri, or it beside jwks_uri")
            : SectorIdentifier.RefuseUnproven(client);
    }

    /// <summary>The <c>sub</c> of an access token: of the resource's sector, because clients can read it and must learn nothing from it.</summary>
    internal string OfAccessToken(TenantId tenant, string audience, string account) =>
        _keys is null ? account : Key(tenant).Seal(AccessTokens + SectorIdentifier.OfResource(audience), account);

    /// <summary>The account behind an access token of this server. A token of before pairwise subjects names the account itself.</summary>
    internal string AccountOfAccessToken(TenantId tenant, string audience, string subject) =>
        (_keys is null ? null : Key(tenant).Open(AccessTokens + SectorIdentifier.OfResource(audience), subject)) ?? subject;

    private static bool IsPairwise(ClientRegistration client) => string.Equals(client.Metadata.SubjectType, Pairwise, StringComparison.Ordinal);

    private static string SectorOf(ClientRegistration client) =>
        SectorIdentifier.Of(client) ?? throw new InvalidOperationException($"The client {client.ClientId} registered pairwise subjects and names no sector.");

    private PairwiseKey Key(TenantId tenant) =>
        (_keys ?? throw new InvalidOperationException("A client registered pairwise subjects, and there is no key for them: call AddPairwiseSubjects."))(tenant);
}
