using System.Text.Json.Nodes;
using MedId.Ciba.Client;

namespace MedId.Samples.DoctorEhr;

/// <summary>One access of the doctor to one patient's record, from the question to the screen.</summary>
internal sealed class Access(string id, AccessOrder order)
{
    private readonly Lock _gate = new();
    private string _state = "starting";
    private string? _code;
    private CibaTokens? _tokens;
    private IReadOnlyList<RecordPart> _record = [];

    public string Id { get; } = id;

    public AccessOrder Order { get; } = order;

    public CibaTokens? Tokens
    {
        get
        {
            lock (_gate)
            {
                return _tokens;
            }
        }
    }

    /// <summary>The consent to process under which it was started; null before it was.</summary>
    public string? ProcessingConsent { get; set; }

    /// <summary>Ends it, whatever it had.</summary>
    /// <returns>The tokens to give back; null when there are none.</returns>
    public CibaTokens? GiveUp(string code)
    {
        lock (_gate)
        {
            var tokens = _tokens;
            (_tokens, _record, _state, _code) = (null, [], "refused", code);
            return tokens;
        }
    }

    public void Waiting() => Set("waiting");

    public void Granted(CibaTokens tokens)
    {
        lock (_gate)
        {
            _tokens = tokens;
            _state = "reading";
        }
    }

    public void Refused(string code) => Set("refused", code);

    /// <summary>The parts that came; refused as a whole when none of them did.</summary>
    public void Read(IReadOnlyList<RecordPart> record)
    {
        lock (_gate)
        {
            _record = record;
            var refused = record.Count > 0 && record.All(part => part.Code is not null);
            (_state, _code) = refused ? ("refused", record[0].Code) : ("done", null);
        }
    }

    public JsonObject Show()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["access"] = Id,
                ["state"] = _state,
                ["code"] = _code,
                ["binding_message"] = Order.BindingMessage?.Text,
                ["requested"] = List(Order.Scopes),
                ["granted"] = _tokens is null ? null : List(_tokens.Scopes),
                ["acr"] = _tokens?.IdToken.Acr,
                ["consent_id"] = _tokens?.IdToken.ConsentId,
                ["record"] = _record.Count == 0 ? null : new JsonArray([.. _record.Select(part => part.Show())]),
            };
        }
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private void Set(string state, string? code = null)
    {
        lock (_gate)
        {
            (_state, _code) = (state, code);
        }
    }
}
