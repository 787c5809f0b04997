using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Core;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>One access: what was asked, and what came of it. Any thread.</summary>
internal sealed class Access(string id, string patient, string purpose, DateTimeOffset expiresAt)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CibaTokens? _tokens;
    private MedIdError? _error;
    private bool _ended;

    public string Id { get; } = id;

    /// <summary>The person, by the EHR's own identifier.</summary>
    public string Patient { get; } = patient;

    public string Purpose { get; } = purpose;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Completes when the patient has decided, or can no longer.</summary>
    public Task Decided => _decided.Task;

    public CibaTokens? Tokens
    {
        get
        {
            lock (_gate)
            {
                return _ended ? null : _tokens;
            }
        }
    }

    public void Decide(MedIdResult<CibaTokens> result)
    {
        lock (_gate)
        {
            (_tokens, _error) = result.Succeeded ? (result.Value, null) : (_tokens, result.Error);
            _ended |= !result.Succeeded;
        }

        _decided.TrySetResult();
    }

    /// <summary>Ends the access.</summary>
    /// <returns>The tokens to give back; null when there are none.</returns>
    public CibaTokens? End(MedIdError? why)
    {
        lock (_gate)
        {
            var tokens = _ended ? null : _tokens;
            (_ended, _tokens, _error) = (true, null, _error ?? why);
            _decided.TrySetResult();
            return tokens;
        }
    }

    public JsonObject Show()
    {
        lock (_gate)
        {
            var state = _ended ? AccessState.Ended : _tokens is null ? AccessState.Waiting : AccessState.Granted;
            var json = new JsonObject { ["access"] = Id, ["state"] = state.ToString().ToLowerInvariant(), ["decide_until"] = ExpiresAt.ToUnixTimeSeconds() };
            if (_error is not null)
            {
                json["error"] = _error.Code;
            }

            if (state == AccessState.Granted)
            {
                json["scope"] = string.Join(' ', _tokens!.Scopes);
                json["patient"] = _tokens.Patient;
                json["acr"] = _tokens.IdToken.Acr;
                json["consent_id"] = _tokens.IdToken.ConsentId;
                json["read_until"] = _tokens.ExpiresAt?.ToUnixTimeSeconds();
                json["refreshable"] = _tokens.RefreshToken is not null;
            }

            return json;
        }
    }
}
