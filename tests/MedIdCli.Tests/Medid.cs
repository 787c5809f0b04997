using System.Text;
using System.Text.Json;
using MedId.Cli;
using MedId.Cryptography;

namespace MedId.Cli.Tests;

/// <summary>Calls the program in this process.</summary>
internal static class Medid
{
    public static (int Exit, string Output, string Errors) Run(string input, params string[] arguments) => Run(Encoding.UTF8.GetBytes(input), arguments);

    public static (int Exit, string Output, string Errors) Run(byte[] input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = MedIdCommand.RunAsync(arguments, output, errors, () => new MemoryStream(input)).GetAwaiter().GetResult();
        return (exit, output.ToString(), errors.ToString());
    }

    public static JsonElement One(string area, string verb, string input)
    {
        var (exit, output, errors) = Run(input, area, verb);
        Assert.Empty(errors);
        var answer = Strict(output);
        Assert.Equal(answer.GetProperty("outcome").GetString() switch { "accepted" => 0, "unusable" => 2, _ => 1 }, exit);
        return answer;
    }

    public static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Strict)];

    /// <summary>An answer names no member twice.</summary>
    private static JsonElement Strict(string text)
    {
        var json = StrictJson.ParseObject(Encoding.UTF8.GetBytes(text), maxBytes: int.MaxValue);
        Assert.True(json.Succeeded, json.Error?.ToString());
        return json.Value;
    }
}
