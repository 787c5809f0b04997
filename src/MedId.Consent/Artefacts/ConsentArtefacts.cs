using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>Reads, writes and converts consent artefacts of every format. Pure; never throws on input.</summary>
public static partial class ConsentArtefacts
{
    private const string Section = "MedId consent artefacts";

    /// <summary>Reads an artefact. Signatures are not looked at: <see cref="ArtefactVerifier"/> does both.</summary>
    /// <param name="format">The format that the bytes have to be in.</param>
    /// <param name="bytes">UTF-8; at most 1 MiB.</param>
    /// <param name="options">What was chosen when it was written; null: <see cref="ArtefactOptions.Default"/>.</param>
    /// <returns>The artefact; or a code of <see cref="ConsentErrorCodes"/> with the place in the bytes, or of <c>json.</c> where the bytes are not strict JSON.</returns>
    public static MedIdResult<ConsentArtefact> Read(ArtefactFormat format, ReadOnlyMemory<byte> bytes, ArtefactOptions? options = null)
    {
        options = Check(options);
        return format == ArtefactFormat.MeityXml ? Meity.Read(bytes) : ParseJson(bytes).Then(root => ReadJson(format, root, options));
    }

    /// <summary>Writes an artefact, and says what the format could not hold.</summary>
    /// <param name="format">The format.</param>
    /// <param name="artefact">The artefact.</param>
    /// <param name="options">What is chosen; null: <see cref="ArtefactOptions.Default"/>.</param>
    /// <returns>The bytes with the exact list of what is lost; a refusal where the format asks for something that the artefact does not say, or cannot say it without allowing more.</returns>
    public static MedIdResult<WrittenArtefact> Write(ArtefactFormat format, ConsentArtefact artefact, ArtefactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        options = Check(options);
        if (artefact.Id.Length == 0)
        {
            return new MedIdError(ConsentErrorCodes.MemberMissing, ErrorCategory.Malformed, Section, "id");
        }

        var bytes = format switch
        {
            ArtefactFormat.MeityXml => Meity.Write(artefact),
            ArtefactFormat.AbdmJson => Abdm.Write(artefact, options),
            ArtefactFormat.AccountAggregatorJson => AccountAggregator.Write(artefact),
            ArtefactFormat.FhirR4 => Fhir.Write(artefact, options),
            ArtefactFormat.Iso27560 => Iso27560.Write(artefact),
            ArtefactFormat.KantaraReceipt => Kantara.Write(artefact),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };

        // What is lost is not told by a table that could be wrong: it is what a reader of these bytes does not get.
        return bytes.Then(b => Read(format, b, options).Then<WrittenArtefact>(read => new WrittenArtefact(format, b, ArtefactMembers.Differences(artefact, read))));
    }

    /// <summary>Reads an artefact in one format and writes it in another.</summary>
    /// <param name="from">The format of the bytes.</param>
    /// <param name="bytes">UTF-8; at most 1 MiB.</param>
    /// <param name="to">The format to write.</param>
    /// <param name="options">What is chosen; null: <see cref="ArtefactOptions.Default"/>.</param>
    /// <returns>The bytes with what is lost. No signature comes along: they were made over other bytes.</returns>
    public static MedIdResult<WrittenArtefact> Convert(ArtefactFormat from, ReadOnlyMemory<byte> bytes, ArtefactFormat to, ArtefactOptions? options = null) =>
        Read(from, bytes, options).Then(artefact => Write(to, artefact, options));

    /// <summary>Which format the bytes are in, by what stands at their top; whether they are valid says <see cref="Read"/>.</summary>
    /// <param name="bytes">UTF-8; at most 1 MiB.</param>
    public static MedIdResult<ArtefactFormat> Recognise(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes.Span[3..] : bytes.Span;
        if (text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            return XmlMembers.Read(bytes, new(ArtefactFormat.MeityXml, Section), Section)
                .Then(root => root.NamespaceUri == Meity.Namespace ? ArtefactFormat.MeityXml : Unknown<ArtefactFormat>("the root element is of another namespace"));
        }

        return ParseJson(bytes).Then(root =>
            Fhir.Recognises(root) ? ArtefactFormat.FhirR4
            : AccountAggregator.Recognises(root) ? ArtefactFormat.AccountAggregatorJson
            : Kantara.Recognises(root) ? ArtefactFormat.KantaraReceipt
            : Iso27560.Recognises(root) ? ArtefactFormat.Iso27560
            : Abdm.Recognises(root) ? ArtefactFormat.AbdmJson
            : Unknown<ArtefactFormat>("no member that only one of the formats has"));
    }

    private static MedIdResult<ConsentArtefact> ReadJson(ArtefactFormat format, JsonElement root, ArtefactOptions options) => format switch
    {
        ArtefactFormat.AbdmJson => Abdm.Read(root),
        ArtefactFormat.AccountAggregatorJson => AccountAggregator.Read(root),
        ArtefactFormat.FhirR4 => Fhir.Read(root, options),
        ArtefactFormat.Iso27560 => Iso27560.Read(root),
        ArtefactFormat.KantaraReceipt => Kantara.Read(root),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static MedIdResult<JsonElement> ParseJson(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > ArtefactLimits.MaxBytes)
        {
            return new MedIdError(ConsentErrorCodes.TooLarge, ErrorCategory.Policy, Section);
        }

        return StrictJson.ParseObject(bytes, ArtefactLimits.MaxDepth, ArtefactLimits.MaxBytes);
    }

    private static ArtefactOptions Check(ArtefactOptions? options)
    {
        if (options?.FhirExtensionBase is { } uri && !(uri.IsAbsoluteUri && uri.OriginalString.EndsWith('/')))
        {
            throw new ArgumentException("The base of extensions is absolute and ends in a slash.", nameof(options));
        }

        return options ?? ArtefactOptions.Default;
    }

    private static MedIdResult<T> Unknown<T>(string detail)
        where T : notnull => new MedIdError(ConsentErrorCodes.FormatUnknown, ErrorCategory.Malformed, Section, detail);
}
