using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The clinic's reception: the form that every patient signs before anything is asked for. Synthetic.</summary>
internal static class Reception
{
    private static readonly string Digest = StrictBase64Url.Encode(new byte[32]);

    public static JsonObject PaperForm() => new()
    {
        ["form"] = "paper",
        ["notice_version"] = "2026-11",
        ["notice_digest"] = Digest,
        ["form_id"] = "sample-form-1",
        ["scan_digest"] = Digest,
        ["clerk"] = "sample-clerk",
    };
}
