namespace MedId.Signatures;

/// <content>Whole indirect objects.</content>
internal sealed partial class PdfParser
{
    public void Skip(int count) => Position += count;

    /// <summary>What stands after <c>obj</c>, to the end of <c>endobj</c>.</summary>
    /// <param name="resolve">Finds the length of a stream where it is a reference; null where it must not be.</param>
    public PdfValue Body(Func<PdfReference, PdfValue?>? resolve)
    {
        var value = Value();
        if (value is PdfDictionary dictionary && TryWord("stream"))
        {
            // §7.3.8.1: the keyword, CR LF or LF, exactly Length bytes, an end of line, endstream.
            Position += Rest switch
            {
                [13, 10, ..] => 2,
                [10, ..] => 1,
                _ => throw PdfSyntaxException.Malformed("a stream does not begin on a line of its own"),
            };
            var length = dictionary["Length"] is PdfReference reference ? resolve?.Invoke(reference) : dictionary["Length"];
            if (length is not PdfInteger { Value: >= 0 and var bytes } || bytes > data.Length - Position)
            {
                throw PdfSyntaxException.Malformed("a stream has no length");
            }

            var content = data.Slice(Position, (int)bytes);
            Position += (int)bytes;
            Position += Rest switch
            {
                [13, 10, ..] => 2,
                [13 or 10, ..] => 1,
                _ => 0,
            };
            if (!Rest.StartsWith("endstream"u8))
            {
                throw PdfSyntaxException.Malformed("a stream is not as long as it says");
            }

            Word("endstream");
            value = new PdfStream(dictionary, content);
        }

        Word("endobj");
        return value;
    }
}
