using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>An answer of the administration API.</summary>
internal sealed record AdminAnswer(WireAnswer Wire, long? Version)
{
    public int Status => Wire.Status;

    public JsonNode Json => Wire.Json;

    public string? Code => Wire.Code;

    public string Text => Wire.Text;

    public string this[string member] => Wire[member];

    public AdminAnswer Expect(int status)
    {
        Wire.Expect(status);
        return this;
    }
}
