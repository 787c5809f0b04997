using System.Text.Json.Nodes;
using MedId.Samples.Hosting;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The record as the EHR shows it to the doctor.</summary>
internal static class RecordView
{
    public static void Write(TextWriter output, Texts texts, JsonNode? seen)
    {
        if (seen is null)
        {
            return;
        }

        output.WriteLine(texts["record"]);
        output.WriteLine("  " + seen.ToJsonString(SampleJson.Readable));
        output.WriteLine();
    }
}
