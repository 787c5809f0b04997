using System.Text;
using MedId.Consent;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Gives a consent's artefact to its two parties, the recipient and the resource server, signed by the OP, with its state at this moment: what either party holds is never older than its last question,
/// and nobody else learns that the consent exists.
/// </summary>
public sealed class ConsentArtefactEndpoint
{
    /// <summary>The form parameter that names the consent; the value of the <c>consent_id</c> claim.</summary>
    public const string ConsentIdParameter = "consent_id";

    /// <summary>The form parameter that names the format; <c>iso-27560</c> when absent.</summary>
    public const string FormatParameter = "format";

    private const string Section = "MedId walk, artefacts";
    private readonly ClientAuthenticator _clients;
    private readonly IProviderStore _store;
    private readonly IKeyRingSource _keys;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="clients">Authenticates.</param>
    /// <param name="store">The store.</param>
    /// <param name="keys">The keys that artefacts are signed with: those of the tokens.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    public ConsentArtefactEndpoint(ClientAuthenticator clients, IProviderStore store, IKeyRingSource keys, ProviderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clients = clients;
        _store = store;
        _keys = keys;
        _options = options;
        _time = time;
    }

    /// <summary>Where the endpoint is: what client assertions may name as their audience.</summary>
    public string Endpoint => _options.Issuer + "/consent-artefact";

    /// <summary>Answers a question for an artefact.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A compact JWS (<c>application/jose</c>) whose payload is the artefact; 404 for what is not the caller's, and everywhere without <see cref="ProviderOptions.Artefacts"/>.</returns>
    public async ValueTask<OAuthAnswer> HandleAsync(OAuthRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.Artefacts is not { } publishing)
        {
            return Unknown(null, "this OP publishes no artefacts");
        }

        var caller = await _clients.AuthenticateAsync(request, Endpoint, cancellationToken).ConfigureAwait(false);
        if (!caller.Succeeded)
        {
            return OAuthAnswer.Refused(caller.Error);
        }

        var clientId = caller.Value.ClientId;
        if (request.Form[ConsentIdParameter] is not { } consentId)
        {
            return OAuthAnswer.Refused(OAuthServerRefusals.Of(new(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, Section, ConsentIdParameter)), clientId);
        }

        if (!TryFormat(request.Form[FormatParameter], out var format))
        {
            return Refused(clientId, "iso-27560, fhir-r4, abdm, account-aggregator or kantara");
        }

        var consent = await _store.FindConsentAsync(request.Tenant, consentId, cancellationToken).ConfigureAwait(false);
        if (consent is null || !IsParty(caller.Value, consent))
        {
            return Unknown(clientId, "not a consent of this caller");
        }

        var written = ConsentArtefacts.Write(format, await MakeAsync(consent, publishing, cancellationToken).ConfigureAwait(false), new() { FhirExtensionBase = publishing.FhirExtensionBase });
        if (!written.Succeeded)
        {
            return Refused(clientId, written.Error.Detail ?? written.Error.Code);
        }

        var ring = await _keys.GetKeyRingAsync(request.Tenant, cancellationToken).ConfigureAwait(false);
        var signed = await ArtefactSigner.SignJsonAsync(written.Value.Bytes, ring.Current()!, cancellationToken).ConfigureAwait(false);
        return signed.Succeeded
            ? OAuthAnswer.NotStored("application/jose", Encoding.ASCII.GetBytes(signed.Value), clientId)
            : Refused(clientId, signed.Error.Code);
    }

    private static bool IsParty(ClientRegistration caller, ConsentRecord consent) => caller.IsResourceServer
        ? caller.ServedResources.Contains(consent.Resource, StringComparer.Ordinal)
        : string.Equals(caller.ClientId, consent.Recipient.ClientId, StringComparison.Ordinal);

    private static bool TryFormat(string? name, out ArtefactFormat format)
    {
        format = name switch
        {
            null or "iso-27560" => ArtefactFormat.Iso27560,
            "fhir-r4" => ArtefactFormat.FhirR4,
            "abdm" => ArtefactFormat.AbdmJson,
            "account-aggregator" => ArtefactFormat.AccountAggregatorJson,
            "kantara" => ArtefactFormat.KantaraReceipt,
            _ => ArtefactFormat.MeityXml,
        };
        return format != ArtefactFormat.MeityXml;
    }

    /// <summary>The record with its state as introspection would see it now: withdrawn, at its end, or fallen with what it rested on.</summary>
    private async ValueTask<ConsentArtefact> MakeAsync(ConsentRecord consent, ArtefactPublishing publishing, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var artefact = ConsentArtefacts.FromRecord(consent, publishing.NoticeUri!.AbsoluteUri, publishing.Jurisdiction, new("url", _options.Issuer));
        if (artefact.Status != ArtefactStatus.Given || await _store.IsConsentActiveAsync(consent.Tenant, consent.Id, consent.Subject, now, cancellationToken).ConfigureAwait(false))
        {
            return artefact;
        }

        return artefact with
        {
            Status = now >= consent.AccessUntil ? ArtefactStatus.Expired : ArtefactStatus.Invalid,
            StatusAt = now >= consent.AccessUntil ? consent.AccessUntil : now,
            History = [new(consent.GivenAt, ArtefactStatus.Given)],
        };
    }

    private static OAuthAnswer Unknown(string? clientId, string detail) =>
        OAuthAnswer.Refused(new OAuthRefusal(new(ProviderErrorCodes.ArtefactUnknown, ErrorCategory.State, Section, detail), OAuthErrorNames.InvalidRequest, 404), clientId);

    private static OAuthAnswer Refused(string clientId, string detail) =>
        OAuthAnswer.Refused(new OAuthRefusal(new(ProviderErrorCodes.ArtefactFormatRefused, ErrorCategory.Unsupported, Section, detail), OAuthErrorNames.InvalidRequest), clientId);
}
