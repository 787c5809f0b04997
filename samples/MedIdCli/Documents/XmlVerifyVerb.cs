using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Signatures;

namespace MedId.Cli.Documents;

/// <summary><c>medid xml verify</c>: <see cref="XmlSignatureVerifier"/>. <c>signature</c> is the XML with the signature in it, <c>document</c> what a reference to the outside means.</summary>
internal sealed class XmlVerifyVerb() : Verb("xml", "verify", "an XML or XAdES signature, its time-stamps, and what it covers")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var document = input.OptionalBinary("document");
        var signature = input.Binary("signature");
        var coverage = Coverage(input);
        var options = document is null ? null : XmlVerificationOptions.Default with { DetachedContent = new OneContent(document) };
        var given = DocumentInput.Read(input, common, pki);
        return () => pki.Error is { } unread
            ? Answer.Refused(unread)
            : DocumentAnswer.Of(XmlSignatureVerifier.Verify(signature, coverage, given.Policy, given.Evidence, common.At, options), pki, common.Explain);
    }

    /// <summary>What has to be covered: absent, the whole document; a list of paths, those elements; <c>report</c>, nothing, for a caller who reads <c>covered</c>.</summary>
    public static XmlCoverage Coverage(CallInput input) => input.Raw("covers") switch
    {
        null => XmlCoverage.WholeDocument,
        { ValueKind: JsonValueKind.Array } => input.OptionalTexts("covers") is { Count: > 0 } paths ? XmlCoverage.Elements(paths) : throw input.Value("covers", "at least one path"),
        _ => input.Text("covers") switch
        {
            "document" => XmlCoverage.WholeDocument,
            "report" => XmlCoverage.ReportOnly,
            _ => throw input.Value("covers", "document, report, or a list of paths"),
        },
    };

    /// <summary>One content under whatever name the signature has for it.</summary>
    private sealed class OneContent(byte[] content) : IReadOnlyDictionary<string, ReadOnlyMemory<byte>>
    {
        public IEnumerable<string> Keys => [];

        public IEnumerable<ReadOnlyMemory<byte>> Values => [content];

        public int Count => 1;

        public ReadOnlyMemory<byte> this[string key] => content;

        public bool ContainsKey(string key) => true;

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out ReadOnlyMemory<byte> value)
        {
            value = content;
            return true;
        }

        public IEnumerator<KeyValuePair<string, ReadOnlyMemory<byte>>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, ReadOnlyMemory<byte>>>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
