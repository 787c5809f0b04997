using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A personal value that must not be found again, in any of the forms in which bytes like to travel.</summary>
internal sealed class Marker
{
    private readonly List<(string Form, byte[] Bytes)> _forms = [];

    public Marker(string name, string value)
    {
        Name = name;
        Value = value;
        var utf8 = Encoding.UTF8.GetBytes(value);
        var utf16 = Encoding.Unicode.GetBytes(value);
        Add("UTF-8", utf8);
        Add("UTF-16LE", utf16);
        AddText("hex", Convert.ToHexStringLower(utf8));
        AddText("HEX", Convert.ToHexString(utf8));
        AddText("percent-encoding", Uri.EscapeDataString(value));
        AddText("percent-encoding of a form", UrlEncoder.Default.Encode(value).Replace("%20", "+", StringComparison.Ordinal));
        AddText("percent-encoding in lower case", Uri.EscapeDataString(value).ToLowerInvariant());
        AddText("JSON escapes", JsonSerializer.Serialize(value).Trim('"'));
        foreach (var (form, bytes) in new[] { ("UTF-8", utf8), ("UTF-16LE", utf16) })
        {
            for (var offset = 0; offset < 3; offset++)
            {
                AddText($"base64 of {form} at {offset}", Inner(bytes, offset));
                AddText($"base64url of {form} at {offset}", Inner(bytes, offset).Replace('+', '-').Replace('/', '_'));
            }
        }
    }

    public string Name { get; }

    public string Value { get; }

    /// <summary>In which form the value stands in the bytes; null when in none.</summary>
    public string? FindIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var (form, value) in _forms)
        {
            if (bytes.IndexOf(value) >= 0)
            {
                return $"{Name} as {form}";
            }
        }

        return null;
    }

    public string? FindIn(string text) => FindIn(Encoding.UTF8.GetBytes(text));

    /// <summary>What base64 makes of the value wherever it begins in a longer text: the quanta that hold nothing but the value.</summary>
    private static string Inner(byte[] bytes, int offset)
    {
        var skip = (3 - offset) % 3;
        var whole = (bytes.Length - skip) / 3 * 3;
        return Convert.ToBase64String(bytes.AsSpan(skip, whole));
    }

    private void AddText(string form, string text) => Add(form, Encoding.ASCII.GetBytes(text));

    private void Add(string form, byte[] bytes)
    {
        // Shorter than this it would be found by chance.
        if (bytes.Length >= 8)
        {
            _forms.Add((form, bytes));
        }
    }
}
