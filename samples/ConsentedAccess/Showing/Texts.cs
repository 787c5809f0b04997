using System.Reflection;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What the main job says to people, in one language: its own sentences by key, the hosts' sentences by their English text.</summary>
internal sealed class Texts
{
    private readonly JsonObject _own;
    private readonly JsonObject _hosts;

    private Texts(string language, JsonObject own, JsonObject hosts)
    {
        Language = language;
        _own = own;
        _hosts = hosts;
    }

    public string Language { get; }

    /// <summary>One of our own sentences.</summary>
    public string this[string key] => _own[key]?.GetValue<string>() ?? throw new ArgumentException($"no text {key} in {Language}", nameof(key));

    public static Texts Of(string language)
    {
        var json = Read("texts." + language);
        return new Texts(language, json["own"]!.AsObject(), json["hosts"]!.AsObject());
    }

    public string StepTitle(int step) => this["step." + step];

    public string Host(string role) => this["host." + role];

    /// <summary>What a host said; as it is when the language has no other words for it.</summary>
    public string Said(string sentence)
    {
        if (_hosts[sentence] is { } whole)
        {
            return whole.GetValue<string>();
        }

        // "label: value" and "label=value" keep their value.
        var cut = sentence.IndexOf(": ", StringComparison.Ordinal);
        return cut > 0 && _hosts[sentence[..cut] + ": "] is { } label ? label.GetValue<string>() + sentence[(cut + 2)..] : sentence;
    }

    private static JsonObject Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
