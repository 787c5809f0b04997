using System.Text.Encodings.Web;
using System.Text.Json;
using MedId.Cli.Requirements;

namespace MedId.Cli.Codes;

/// <summary><c>medid codes</c>: every error code, for a person or as one JSON array.</summary>
internal static class CodesCommand
{
    // The texts are Japanese too, and this goes to a terminal or a file, never into a page.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(IReadOnlyList<string> arguments, RequirementSet requirements, TextWriter output, TextWriter errors)
    {
        var language = "en";
        var json = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--json":
                    json = true;
                    break;
                case "--lang" when index + 1 < arguments.Count && arguments[index + 1] is "en" or "ja":
                    language = arguments[++index];
                    break;
                default:
                    errors.WriteLine($"medid codes: '{arguments[index]}' is not understood. Use: medid codes [--lang en|ja] [--json]");
                    return MedIdCommand.WrongCall;
            }
        }

        var codes = requirements.Codes();
        if (json)
        {
            WriteJson(codes, language, output);
        }
        else
        {
            WriteText(codes, language, output);
        }

        return MedIdCommand.Accepted;
    }

    private static void WriteText(IEnumerable<DocumentedCode> codes, string language, TextWriter output)
    {
        foreach (var code in codes)
        {
            output.WriteLine($"{code.Code}  ({code.Package})");
            output.WriteLine($"    {code.Text.In(language)}");
            foreach (var row in code.Rows)
            {
                output.WriteLine($"    {row.Standard}, {row.Section}  [{row.Id}]");
            }
        }
    }

    private static void WriteJson(IEnumerable<DocumentedCode> codes, string language, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartArray();
            foreach (var code in codes)
            {
                writer.WriteStartObject();
                writer.WriteString("code", code.Code);
                writer.WriteString("package", code.Package);
                writer.WriteString("text", code.Text.In(language));
                writer.WriteStartArray("rows");
                foreach (var row in code.Rows)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", row.Id);
                    writer.WriteString("standard", row.Standard);
                    writer.WriteString("section", row.Section);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
