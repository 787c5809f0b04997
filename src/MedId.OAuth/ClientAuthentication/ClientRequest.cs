using System.Net.Http.Headers;

namespace MedId.OAuth;

/// <summary>One form to be posted to an authorization server; a credential adds its proof to it. Used once.</summary>
public sealed class ClientRequest
{
    private readonly List<KeyValuePair<string, string>> _parameters = [];

    /// <summary>An empty form.</summary>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="issuer">The authorization server's issuer identifier: the audience of an assertion.</param>
    public ClientRequest(string endpoint, string issuer)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        Endpoint = endpoint;
        Issuer = issuer;
    }

    /// <summary>Where it goes.</summary>
    public string Endpoint { get; }

    /// <summary>The authorization server's issuer identifier.</summary>
    public string Issuer { get; }

    /// <summary>The media type asked for.</summary>
    public string Accept { get; set; } = "application/json";

    /// <summary>The <c>Authorization</c> header; null for none.</summary>
    public AuthenticationHeaderValue? Authorization { get; set; }

    /// <summary>The parameters in the order of <see cref="Add"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>Adds a parameter; nothing happens for null, so that optional ones read like the others.</summary>
    /// <param name="name">The parameter; each at most once (RFC 6749 §3.2).</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The parameter is there already.</exception>
    public ClientRequest Add(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (value is null)
        {
            return this;
        }

        if (_parameters.Exists(one => string.Equals(one.Key, name, StringComparison.Ordinal)))
        {
            throw new ArgumentException("A parameter is sent once: " + name, nameof(name));
        }

        _parameters.Add(KeyValuePair.Create(name, value));
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Endpoint} ({_parameters.Count} parameters)";
}
