using System.Text;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Cli.Consents;

/// <summary>The artefact that all consent verbs take: XML or JSON as a string, a compact JWS, base64url of the bytes, or a JSON object as it is.</summary>
internal sealed record ConsentInput(ReadOnlyMemory<byte> Bytes, string? Jws, ArtefactFormat? Format)
{
    public static readonly (string Name, ArtefactFormat Value)[] Formats =
    [
        ("meity-xml", ArtefactFormat.MeityXml), ("abdm-json", ArtefactFormat.AbdmJson), ("account-aggregator-json", ArtefactFormat.AccountAggregatorJson),
        ("fhir-r4", ArtefactFormat.FhirR4), ("iso-27560", ArtefactFormat.Iso27560), ("kantara-receipt", ArtefactFormat.KantaraReceipt),

        // Shorter, for hands.
        ("meity", ArtefactFormat.MeityXml), ("abdm", ArtefactFormat.AbdmJson), ("aa", ArtefactFormat.AccountAggregatorJson),
        ("fhir", ArtefactFormat.FhirR4), ("iso27560", ArtefactFormat.Iso27560), ("kantara", ArtefactFormat.KantaraReceipt),
    ];

    public static ConsentInput Read(CallInput input)
    {
        var format = input.OptionalChoice("format", Formats);
        var value = input.Raw("artefact") ?? throw input.Missing("artefact");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return new(Encoding.UTF8.GetBytes(value.GetRawText()), null, format);
            case JsonValueKind.String:
                var text = value.GetString()!;
                if (text.AsSpan().TrimStart() is ['<' or '{', ..] or ['\uFEFF', ..])
                {
                    return new(Encoding.UTF8.GetBytes(text), null, format);
                }

                // The payload is what is looked at; whether it is authentic says verify.
                return text.Contains('.', StringComparison.Ordinal)
                    ? new(CompactJws.Parse(text, 4 * 1024 * 1024) is { Succeeded: true, Value: var jws } ? jws.Payload : default, text, format)
                    : new(input.Binary(text, "artefact"), null, format);
            default:
                throw input.Type("artefact", "XML or JSON as a string, a compact JWS, base64url, or an object");
        }
    }

    public static string Name(ArtefactFormat format) => Array.Find(Formats, f => f.Value == format).Name;

    public MedIdResult<ArtefactFormat> FindFormat() => Format is { } known ? known : ConsentArtefacts.Recognise(Bytes);
}
