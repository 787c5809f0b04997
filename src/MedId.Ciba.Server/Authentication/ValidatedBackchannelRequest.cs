using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>An authentication request that passed everything CIBA asks: client, signature, parameters, hint, user code. Not stored yet.</summary>
public sealed record ValidatedBackchannelRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The opaque id that the device will know it by; becomes <see cref="CibaRequest.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The authenticated client.</summary>
    public required ClientRegistration Client { get; init; }

    /// <summary>The account that the hint names.</summary>
    public required string AccountId { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its end, as <c>expires_in</c> will tell.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The parameters.</summary>
    public required BackchannelParameters Parameters { get; init; }

    /// <summary>Id and client.</summary>
    public override string ToString() => $"{Id} of {Client.ClientId}";
}
