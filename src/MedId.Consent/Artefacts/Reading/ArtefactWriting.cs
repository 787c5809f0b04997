using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>One write of one artefact: gathers what the format asks for and the artefact does not have.</summary>
internal sealed class ArtefactWriting(ArtefactFormat format, string section)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _notExpressible = new(StringComparer.Ordinal);

    public MedIdError? Error =>
        _missing.Count > 0 ? new(ConsentErrorCodes.MemberMissing, ErrorCategory.Malformed, section, string.Join(", ", _missing))
        : _notExpressible.Count > 0 ? new(ConsentErrorCodes.NotExpressible, ErrorCategory.Unsupported, section, string.Join(", ", _notExpressible))
        : null;

    /// <summary>A value that the format asks for.</summary>
    public T? Need<T>(string member, T? value)
    {
        if (value is null)
        {
            _missing.Add(member);
        }

        return value;
    }

    public void NotExpressible(string member) => _notExpressible.Add(member);

    /// <summary>The one clause of a format that has one: clauses that differ in nothing but the data are one.</summary>
    public ConsentClause Single(ConsentArtefact artefact)
    {
        if (artefact.PermitByDefault)
        {
            NotExpressible("permit_by_default");
        }

        if (artefact.Clauses.Count == 0)
        {
            Need<object>("clauses", null);
            return new();
        }

        var first = artefact.Clauses[0];
        if (!artefact.Clauses.All(c => (c with { Data = first.Data }).Equals(first)))
        {
            NotExpressible("clauses");
        }

        return first with { Data = [.. artefact.Clauses.SelectMany(c => c.Data)] };
    }

    /// <summary>The bytes, with what was kept aside for this format put back where nothing stands.</summary>
    public MedIdResult<ReadOnlyMemory<byte>> Complete(JsonObject root, ConsentArtefact artefact, Func<string, string?>? placeOf = null)
    {
        if (Error is { } error)
        {
            return error;
        }

        foreach (var aside in artefact.Aside.Where(a => a.Format == format))
        {
            if ((placeOf is null ? aside.Place : placeOf(aside.Place)) is { } place)
            {
                PutBack(root, place, aside.Value);
            }
        }

        return Bytes(root);
    }

    public static ReadOnlyMemory<byte> Bytes(JsonObject root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            root.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static void PutBack(JsonObject root, string place, string json)
    {
        JsonNode? at = root;
        var steps = place.Split('/');
        for (var index = 1; index < steps.Length; index++)
        {
            var step = steps[index].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var last = index == steps.Length - 1;
            switch (at)
            {
                case JsonObject o when last:
                    if (!o.ContainsKey(step) && TryParse(json, out var member))
                    {
                        o.Add(step, member);
                    }

                    return;
                case JsonArray a when last:
                    if ((step == "-" || step == a.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) && TryParse(json, out var item))
                    {
                        a.Add(item);
                    }

                    return;
                case JsonObject o:
                    at = o[step];
                    break;
                case JsonArray a:
                    at = int.TryParse(step, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place0) && place0 < a.Count ? a[place0] : null;
                    break;
                default:
                    return;
            }
        }
    }

    private static bool TryParse(string json, out JsonNode? node)
    {
        var parsed = StrictJson.Parse(Encoding.UTF8.GetBytes(json), ArtefactLimits.MaxDepth, ArtefactLimits.MaxBytes);
        node = !parsed.Succeeded ? null : parsed.Value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(parsed.Value),
            JsonValueKind.Array => JsonArray.Create(parsed.Value),
            _ => JsonValue.Create(parsed.Value),
        };
        return parsed.Succeeded;
    }
}
