using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Core;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>One access: what was asked, and what came of it. Any thread.</summary>
internal sealed class Access(string id, string patient, string purpose, DateTimeOffset expiresAt)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

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

    /// <summary>Takes what the patient decided, or renewed tokens.</summary>
    /// <returns>Whether tokens are to be given back with <see cref="End"/>, because the access was given up meanwhile.</returns>
    public bool Decide(MedIdResult<CibaTokens> result)
    {
        lock (_gate)
        {
            // Of an access that has ended the newest tokens are kept, to be given back, and nothing is read with them.
            (_tokens, _error) = result.Succeeded ? (result.Value, _error) : (_tokens, _error ?? result.Error);
            var isGivenUp = _ended && result.Succeeded;
            _ended |= !result.Succeeded;
            _decided.TrySetResult();
            return isGivenUp;
        }
    }

    /// <summary>Ends the access. Nothing is read from here on.</summary>
    /// <returns>The tokens to give back, again and again until <see cref="GivenBack"/>; null when there are none.</returns>
    public CibaTokens? End(MedIdError? why)
    {
        lock (_gate)
        {
            (_ended, _error) = (true, _error ?? why);
            _decided.TrySetResult();
            return _tokens;
        }
    }

    /// <summary>The OP has these tokens back.</summary>
    public void GivenBack(CibaTokens tokens)
    {
        lock (_gate)
        {
            _tokens = ReferenceEquals(_tokens, tokens) ? null : _tokens;
        }
    }

    /// <summary>Whether nobody can read with it any more, and whoever waits has had time to ask why.</summary>
    public bool IsOver(DateTimeOffset now)
    {
        lock (_gate)
        {
            var ends = _tokens is { RefreshToken: null, ExpiresAt: { } until } && until > ExpiresAt ? until : ExpiresAt;
            return now > ends + Kept && (_ended || _tokens is { RefreshToken: null, ExpiresAt: not null });
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
