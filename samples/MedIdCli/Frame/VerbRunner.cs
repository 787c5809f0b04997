using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Cli.Frame;

/// <summary>Runs a verb over one object or over one on each line, and answers every one of them.</summary>
internal static class VerbRunner
{
    private const int MaxLine = 256 * 1024 * 1024;
    private const int MaxDepth = 32;

    public static async Task<int> RunAsync(Verb verb, IReadOnlyList<string> arguments, Func<Stream> standardInput, TextWriter output, TextWriter errors)
    {
        var (file, batch, wrong) = ((string?)null, false, false);
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "--example" when arguments.Count == 1:
                    output.WriteLine(verb.Example.TrimEnd());
                    return MedIdCommand.Accepted;
                case "--batch" when !batch:
                    batch = true;
                    break;
                case "-" or [not '-', ..] when file is null:
                    file = argument;
                    break;
                default:
                    wrong = true;
                    break;
            }
        }

        if (wrong)
        {
            errors.WriteLine($"medid {verb.Area} {verb.Name} [FILE | -] [--batch], or --example");
            return MedIdCommand.WrongCall;
        }

        try
        {
            using var input = file is null or "-" ? standardInput() : File.OpenRead(file);
            return batch ? await RunBatchAsync(verb, input, output) : await RunOneAsync(verb, ReadAll(input), output, indented: !verb.NeedsServer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"medid: {e.Message}");
            return MedIdCommand.WrongCall;
        }
    }

    private static async Task<int> RunBatchAsync(Verb verb, Stream input, TextWriter output)
    {
        var exit = MedIdCommand.Accepted;
        foreach (var line in Lines(input))
        {
            exit = Math.Max(exit, await RunOneAsync(verb, line, output, indented: false));

            // Whoever writes a line may wait for its answer before the next one.
            output.Flush();
        }

        return exit;
    }

    private static async Task<int> RunOneAsync(Verb verb, ReadOnlyMemory<byte> utf8, TextWriter output, bool indented)
    {
        JsonElement? id = null;
        try
        {
            var json = StrictJson.ParseObject(utf8, MaxDepth, MaxLine);
            if (!json.Succeeded)
            {
                throw new UnusableInputException(CliCodes.Malformed, json.Error.Detail ?? json.Error.Code);
            }

            var input = new CallInput(json.Value);
            id = CommonInput.Id(input);
            var answer = await AnswerAsync(verb, input);
            output.WriteLine(Write(id, Frame.Answer.Name(answer.Outcome), answer, null, indented));
            return answer.Outcome == VerificationOutcome.Accepted ? MedIdCommand.Accepted : MedIdCommand.NotAccepted;
        }
        catch (UnusableInputException e)
        {
            output.WriteLine(Write(id, "unusable", null, e, indented));
            return MedIdCommand.WrongCall;
        }
    }

    private static async Task<Answer> AnswerAsync(Verb verb, CallInput input)
    {
        try
        {
            var judge = verb.ReadAsync(input, CommonInput.Read(input, verb.IsAboutThePresent));
            input.Finish();
            return await judge();
        }
        catch (ArgumentException e)
        {
            // A package's own bound on what it is called with, which the input went beyond.
            throw new UnusableInputException(CliCodes.MemberValue, e.Message);
        }
    }

    private static string Write(JsonElement? id, string outcome, Answer? answer, UnusableInputException? unusable, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (id is { } value)
            {
                writer.WritePropertyName("id");
                value.WriteTo(writer);
            }

            writer.WriteString("outcome", outcome);
            writer.WriteBoolean("valid", answer?.Outcome == VerificationOutcome.Accepted);
            writer.WriteString("code", unusable?.Code ?? answer?.Error?.Code);
            writer.WriteString("section", answer?.Error?.Section);
            writer.WriteString("detail", unusable?.Message ?? answer?.Error?.Detail);
            if (answer is not null)
            {
                writer.WriteBoolean("weak", answer.IsWeak);
                answer.Members(writer);
                WriteSteps(writer, answer.Steps);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteSteps(Utf8JsonWriter writer, IReadOnlyList<Answer.Step> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("steps");
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("section", step.Section);
            writer.WriteString("name", step.Name);
            writer.WriteString("result", step.Result);
            if (step.Certificate is { } certificate)
            {
                writer.WriteNumber("certificate", certificate);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static byte[] ReadAll(Stream input)
    {
        using var memory = new MemoryStream();
        input.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>Lines as bytes, because what is not UTF-8 has to be seen as that. The last line may end without a line feed.</summary>
    private static IEnumerable<byte[]> Lines(Stream input)
    {
        using var buffered = new BufferedStream(input, 64 * 1024);
        using var line = new MemoryStream();
        int octet;
        while ((octet = buffered.ReadByte()) >= 0)
        {
            if (octet != '\n')
            {
                line.WriteByte((byte)octet);
                continue;
            }

            yield return line.ToArray();
            line.SetLength(0);
        }

        if (line.Length > 0)
        {
            yield return line.ToArray();
        }
    }
}
