using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>What CIBA Core §4 adds to the discovery document.</summary>
public sealed class CibaDiscoverySection : IDiscoverySection
{
    private readonly OAuthServerOptions _server;
    private readonly CibaOptions _options;
    private readonly AcrTable _acrs;
    private readonly bool _userCodes;
    private readonly TimeProvider _time;

    /// <summary>Makes the section.</summary>
    /// <param name="server">Issuer and algorithms.</param>
    /// <param name="options">The endpoint.</param>
    /// <param name="acrs">The classes that the OP publishes.</param>
    /// <param name="userCodes">Whether there is a <see cref="IUserCodeVerifier"/>.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public CibaDiscoverySection(OAuthServerOptions server, CibaOptions options, AcrTable acrs, bool userCodes, TimeProvider? time = null)
    {
        _server = server;
        _options = options;
        _acrs = acrs;
        _userCodes = userCodes;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("backchannel_authentication_endpoint"u8, _options.EndpointOf(_server));
        WriteArray(writer, "backchannel_token_delivery_modes_supported", _options.DeliveryModes.Distinct().Order().Select(DeliveryModes.NameOf));
        WriteArray(
            writer,
            "backchannel_authentication_request_signing_alg_values_supported",
            _server.Algorithms.For(SignatureUse.SignedRequest, _time.GetUtcNow()).Algorithms.Select(a => a.JoseName).OfType<string>());
        writer.WriteBoolean("backchannel_user_code_parameter_supported"u8, _userCodes);
        WriteArray(writer, "acr_values_supported", _acrs.Rows.Select(r => r.Acr));
        if (_options.AuthorizationDetailsTypes.Count > 0)
        {
            // RFC 9396 §10.
            WriteArray(writer, "authorization_details_types_supported", _options.AuthorizationDetailsTypes);
        }

        if (_options.LoginHintTokenTypes.Count > 0)
        {
            // FAPI-CIBA draft 03.
            WriteArray(writer, "backchannel_endpoint_login_hint_token_types_supported", _options.LoginHintTokenTypes);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> MtlsEndpoints => [KeyValuePair.Create("backchannel_authentication_endpoint", _options.EndpointOf(_server))];

    private static void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
