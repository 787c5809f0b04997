using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Builds request messages, one entry for each version. UAF 1.1 protocol §3.4, §3.5, §3.6.</summary>
/// <remarks>
/// The challenge comes from the caller, because it may be a digest over a nonce and what is to be agreed to; it must not be guessable and serves one request.
/// </remarks>
public sealed class UafRequestFactory
{
    private readonly string _appId;
    private readonly IReadOnlyList<UafVersion> _versions;

    /// <summary>A factory for one application.</summary>
    /// <param name="appId">The appID: the https address of the trusted facet list, at most 512 characters; empty to let the client put its facet there.</param>
    /// <param name="versions">The versions to offer; null for all that this library speaks.</param>
    /// <exception cref="ArgumentException">The appID is too long, or no or an unknown version is named.</exception>
    public UafRequestFactory(string appId, IReadOnlyList<UafVersion>? versions = null)
    {
        ArgumentNullException.ThrowIfNull(appId);
        _versions = versions ?? UafVersion.Supported;
        if (appId.Length > UafLimits.AppId)
        {
            throw new ArgumentException("An appID has at most 512 characters.", nameof(appId));
        }

        if (_versions.Count == 0 || _versions.Any(version => !UafVersion.Supported.Contains(version)) || _versions.Distinct().Count() != _versions.Count)
        {
            throw new ArgumentException("Name versions 1.0, 1.1 and 1.2, each at most once.", nameof(versions));
        }

        _appId = appId;
    }

    /// <summary>Asks for a new key.</summary>
    /// <param name="challenge">8 to 64 bytes.</param>
    /// <param name="username">What the device shows to tell accounts apart: 1 to 128 characters.</param>
    /// <param name="policy">Who may answer; see <see cref="UafPolicy.WithoutRegistered"/>.</param>
    /// <param name="serverData">Our state for the response: 1 to 1536 characters; null for none. The client can read it.</param>
    /// <param name="extensions">Extensions of the header; null for none.</param>
    /// <exception cref="ArgumentException">Something is outside its limits, or the policy combines what may not be combined.</exception>
    public UafRequest CreateRegistration(
        ReadOnlySpan<byte> challenge, string username, UafPolicy policy, string? serverData = null, IReadOnlyList<UafExtension>? extensions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        if (username.Length > UafLimits.Username)
        {
            throw new ArgumentException("A user name has at most 128 characters.", nameof(username));
        }

        CheckPolicy(policy);
        var encoded = Encode(challenge);
        var headers = Headers(UafOperation.Registration, serverData, extensions, _versions);
        return new UafRequest(UafOperation.Registration, Write(headers, (writer, header) => new RegistrationRequest
        {
            Header = header,
            Challenge = encoded,
            Username = username,
            Policy = policy,
        }.Write(writer)), encoded);
    }

    /// <summary>Asks for proof of a registered key, and for confirmation of a transaction where one is given.</summary>
    /// <param name="challenge">8 to 64 bytes.</param>
    /// <param name="policy">Who may answer; <see cref="UafPolicy.ForKeys"/> for a user who is known.</param>
    /// <param name="transactions">Alternative renderings of what is to be confirmed; null or empty for nothing. Keep them until the response.</param>
    /// <param name="serverData">Our state for the response: 1 to 1536 characters; null for none. The client can read it.</param>
    /// <param name="extensions">Extensions of the header; null for none.</param>
    /// <exception cref="ArgumentException">Something is outside its limits, or the policy combines what may not be combined.</exception>
    public UafRequest CreateAuthentication(
        ReadOnlySpan<byte> challenge,
        UafPolicy policy,
        IReadOnlyList<UafTransaction>? transactions = null,
        string? serverData = null,
        IReadOnlyList<UafExtension>? extensions = null)
    {
        CheckPolicy(policy);
        var encoded = Encode(challenge);
        var headers = Headers(UafOperation.Authentication, serverData, extensions, _versions);
        return new UafRequest(UafOperation.Authentication, Write(headers, (writer, header) => new AuthenticationRequest
        {
            Header = header,
            Challenge = encoded,
            Transactions = transactions ?? [],
            Policy = policy,
        }.Write(writer)), encoded);
    }

    /// <summary>Tells the client which keys it may forget. Delete the registrations first.</summary>
    /// <param name="authenticators">At least one. An entry that stands for several keys goes to UAF 1.1 and later only.</param>
    /// <exception cref="ArgumentException">None given, a key without its model, or only UAF 1.0 for an entry that stands for several keys.</exception>
    public UafRequest CreateDeregistration(params IReadOnlyList<DeregisterAuthenticator> authenticators)
    {
        ArgumentNullException.ThrowIfNull(authenticators);
        if (authenticators.Count == 0 || authenticators.Any(entry => entry.Aaid is null && entry.KeyId is not null))
        {
            throw new ArgumentException("Name at least one key, each with its model.", nameof(authenticators));
        }

        var versions = authenticators.Any(entry => entry.KeyId is null) ? [.. _versions.Where(version => version != UafVersion.V10)] : _versions;
        if (versions.Count == 0)
        {
            throw new ArgumentException("UAF 1.0 names every key.", nameof(authenticators));
        }

        var headers = Headers(UafOperation.Deregistration, null, null, versions);
        return new UafRequest(UafOperation.Deregistration, Write(headers, (writer, header) => new DeregistrationRequest
        {
            Header = header,
            Authenticators = authenticators,
        }.Write(writer)), string.Empty);
    }

    private IEnumerable<OperationHeader> Headers(
        UafOperation operation, string? serverData, IReadOnlyList<UafExtension>? extensions, IReadOnlyList<UafVersion> versions)
    {
        if (serverData is { Length: 0 or > UafLimits.ServerData })
        {
            throw new ArgumentException("Server data has 1 to 1536 characters.", nameof(serverData));
        }

        foreach (var extension in extensions ?? [])
        {
            if (extension.Id.Length is 0 or > UafLimits.ExtensionId || extension.Data.Length > UafLimits.ExtensionDataBytes)
            {
                throw new ArgumentException("An extension has an id of 1 to 32 characters and at most 8192 bytes.", nameof(extensions));
            }
        }

        return [.. versions.Select(version => new OperationHeader
        {
            Version = version,
            Operation = operation,
            AppId = _appId,
            ServerData = serverData,
            Extensions = extensions ?? [],
        })];
    }

    private static string Write(IEnumerable<OperationHeader> headers, Action<Utf8JsonWriter, OperationHeader> write) => UafJson.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var header in headers)
        {
            write(writer, header);
        }

        writer.WriteEndArray();
    });

    private static string Encode(ReadOnlySpan<byte> challenge) => challenge.Length is >= UafLimits.ChallengeMinimumBytes and <= UafLimits.ChallengeMaximumBytes
        ? StrictBase64Url.Encode(challenge)
        : throw new ArgumentException("A challenge has 8 to 64 bytes.", nameof(challenge));

    private static void CheckPolicy(UafPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Accepted.Count == 0 || policy.Accepted.Any(alternative => alternative.Count == 0))
        {
            throw new ArgumentException("A policy accepts something.", nameof(policy));
        }

        if (policy.Accepted.SelectMany(alternative => alternative).Concat(policy.Disallowed).Any(criteria => !criteria.IsWellCombined))
        {
            throw new ArgumentException("Criteria combine members that the protocol does not let stand together.", nameof(policy));
        }
    }
}
