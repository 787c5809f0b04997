using System.Text.Json.Nodes;

namespace MedId.Consent;

/// <summary>Our own extensions, under a base URL that the caller names; every other extension is kept aside.</summary>
internal sealed class FhirExtensions
{
    private readonly List<(string Name, string Value)> _values = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly ArtefactReading _reading;

    public FhirExtensions(ArtefactReading reading, string? extensionBase, JsonMembers owner)
    {
        _reading = reading;
        foreach (var extension in owner.Objects("extension"))
        {
            var (url, value) = (extension.Text("url"), extension.Text("valueString"));
            if (extensionBase is not null && value is not null && url is not null && url.StartsWith(extensionBase, StringComparison.Ordinal))
            {
                _values.Add((url[extensionBase.Length..], value));
                extension.End();
            }
            else
            {
                extension.KeepWhole(owner.PlaceOf("extension") + "/-");
            }
        }
    }

    public string? One(string name) => Many(name) is [var value] ? value : null;

    public ArtefactList<string> Many(string name)
    {
        _used.Add(name);
        return [.. _values.Where(v => v.Name == name).Select(v => v.Value)];
    }

    /// <summary>A name under our base that we do not know is no name of ours.</summary>
    public void End()
    {
        if (_values.Exists(v => !_used.Contains(v.Name)))
        {
            _reading.NotSupported("extension");
        }
    }

    public static ArtefactNotice? Notice(string? uri, FhirExtensions extensions)
    {
        var (version, language) = (extensions.One("notice-version"), extensions.One("notice-language"));
        return uri is null && version is null && language is null ? null : new(uri, version, language);
    }

    public static IEnumerable<JsonNode?> Write(string? extensionBase, params IEnumerable<(string Name, string? Value)> values) => extensionBase is null
        ? []
        : values.Where(v => v.Value is not null).Select(v => new JsonObject().With("url", extensionBase + v.Name).With("valueString", v.Value));
}
